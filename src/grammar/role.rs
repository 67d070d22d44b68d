//! Names of roles, compared as numbers.

/// A role of a construct: `condition.if`. Two roles are the same when their names hash alike, which
/// loading a pack rules out for different names.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct Role(u32);

impl Role {
    /// The role of this name, `construct.role`.
    pub const fn named(name: &str) -> Role {
        Role(fold(FNV_BASIS, name.as_bytes()))
    }

    /// The role of a construct.
    pub(super) fn of(construct: &str, role: &str) -> Role {
        let hash = fold(FNV_BASIS, construct.as_bytes());
        Role(fold(fold(hash, b"."), role.as_bytes()))
    }
}

const FNV_BASIS: u32 = 0x811c_9dc5;

/// FNV-1a, which can be computed at compile time.
const fn fold(mut hash: u32, bytes: &[u8]) -> u32 {
    let mut i = 0;
    while i < bytes.len() {
        hash = (hash ^ bytes[i] as u32).wrapping_mul(0x0100_0193);
        i += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn both_ways_to_name_a_role_agree() {
        assert_eq!(Role::named("jump.go"), Role::of("jump", "go"));
    }
}
