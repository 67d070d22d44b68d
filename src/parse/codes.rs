//! Groups of code of which one piece is enough: "```sh npm" beside "```sh yarn".

use super::Page;
use super::fence::Fence;
use crate::model::{Block, BlockKind, Variant};

/// The pieces of code as alternatives, where there are several and each has a name.
pub(super) fn choice(page: &Page<'_>, blocks: &[Block]) -> Option<BlockKind> {
    let pieces = || {
        blocks
            .iter()
            .filter(|b| !matches!(b.kind, BlockKind::Other))
    };
    let variants: Option<Vec<Variant>> = pieces().map(|block| variant(page, block)).collect();
    variants.filter(|v| v.len() > 1).map(BlockKind::Variants)
}

fn variant(page: &Page<'_>, block: &Block) -> Option<Variant> {
    let code = matches!(block.kind, BlockKind::Code);
    let first = page.text[block.span.range()]
        .lines()
        .next()
        .filter(|_| code)?;
    let title = name(Fence::of(first)?.info)?;
    Some(Variant {
        span: block.span,
        content: block.span.start,
        key: "tab".to_owned(),
        values: vec![title.to_lowercase()],
        title: title.to_owned(),
        blocks: vec![block.clone()],
    })
}

/// What stands behind the language: `npm` of `sh npm`, `sh [npm]`, `sh title="npm"`.
fn name(info: &str) -> Option<&str> {
    let rest = info.split_once([' ', '\t', '['])?;
    let rest = info[rest.0.len()..].trim();
    let bracketed = rest.strip_prefix('[').and_then(|r| r.split(']').next());
    let quoted = || {
        rest.split_once("=\"")
            .and_then(|(_, r)| r.split('"').next())
    };
    let plain = || (!rest.contains(['=', '{'])).then_some(rest);
    let name = bracketed.or_else(quoted).or_else(plain)?.trim();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_name_stands_behind_the_language() {
        for (info, want) in [
            ("sh npm", Some("npm")),
            ("sh [npm]", Some("npm")),
            ("sh[npm]", Some("npm")),
            ("js title=\"main.js\" {2}", Some("main.js")),
            ("bash Amazon Linux", Some("Amazon Linux")),
            ("sh", None),
            ("js {1,3}", None),
            ("", None),
        ] {
            assert_eq!(name(info), want, "{info}");
        }
    }
}
