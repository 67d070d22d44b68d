//! Names of roles, compared as numbers.

use super::packed::Packed;

/// A role of a construct: `condition.if`. Two roles are the same when their names hash alike, which
/// loading a pack rules out for different names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Role(u32);

impl Role {
    /// The role of this name, `construct.role`.
    pub const fn named(name: &str) -> Role {
        Role(fold(FNV_BASIS, name.as_bytes()))
    }

    /// Is it one of these few?
    #[inline]
    #[expect(
        clippy::manual_contains,
        reason = "asked of every phrase at a place, and `contains` is a call each time"
    )]
    pub(super) fn is_among(self, roles: &[Role]) -> bool {
        roles.iter().any(|role| *role == self)
    }

    /// The role of a construct.
    pub(super) fn of(construct: &str, role: &str) -> Role {
        let hash = fold(FNV_BASIS, construct.as_bytes());
        Role(fold(fold(hash, b"."), role.as_bytes()))
    }
}

impl Packed for Role {
    const BYTES: usize = u32::BYTES;

    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    #[inline]
    fn read(bytes: &[u8]) -> Self {
        Role(u32::read(bytes))
    }
}

/// A set of roles that may say of a role that it has not that it might: a Bloom filter of one hash.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Roles(u128);

impl Roles {
    /// Could the role be among them?
    pub(super) fn may_have(self, role: Role) -> bool {
        self.0 & Self::bit(role) != 0
    }

    fn bit(role: Role) -> u128 {
        1 << (role.0 >> 25)
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        Roles(roles.into_iter().fold(0, |all, role| all | Self::bit(role)))
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
