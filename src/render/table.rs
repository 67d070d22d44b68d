//! Tables: side by side where they fit, else row by row.

use super::words::Words;
use crate::model::Table;
use crate::terminal::{Ink, Palette};

/// Columns between cells.
const GAP: usize = 2;

/// The lines of a table, none wider than `columns` where a word is not wider itself.
pub(super) fn table(table: &Table, columns: usize, palette: Palette) -> Vec<String> {
    let head: Vec<Words> = table
        .head
        .iter()
        .map(|cell| Words::inline(cell, cell.text.len()))
        .collect();
    let rows: Vec<Vec<Words>> = table
        .rows
        .iter()
        .map(|(_, cells)| cells.iter().map(|cell| Words::inline(cell, 0)).collect())
        .collect();
    let widths: Vec<usize> = (0..head.len())
        .map(|i| {
            let cells = std::iter::once(&head).chain(&rows).filter_map(|r| r.get(i));
            cells.map(Words::width).max().unwrap_or_default()
        })
        .collect();
    let all = widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1);
    if all <= columns {
        side_by_side(&head, &rows, &widths, palette)
    } else {
        row_by_row(table, &rows, columns, palette)
    }
}

fn side_by_side(
    head: &[Words],
    rows: &[Vec<Words>],
    widths: &[usize],
    palette: Palette,
) -> Vec<String> {
    let line = |cells: &[Words]| {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            line.push_str(&cell.lines(usize::MAX >> 16, palette).join(" "));
            line.push_str(&" ".repeat(width - cell.width().min(*width) + GAP));
        }
        line.trim_end().to_owned()
    };
    let rule: Vec<String> = widths.iter().map(|w| "─".repeat(*w)).collect();
    let rule = palette.paint(Ink::Quiet, &rule.join("  ")).to_string();
    let mut lines = vec![line(head), rule];
    lines.extend(rows.iter().map(|cells| line(cells)));
    lines
}

/// Each cell on a line of its own, behind the name of its column.
fn row_by_row(table: &Table, rows: &[Vec<Words>], columns: usize, palette: Palette) -> Vec<String> {
    let mut lines = Vec::new();
    for (i, cells) in rows.iter().enumerate() {
        if i > 0 {
            lines.push(String::new());
        }
        for (name, cell) in table.head.iter().zip(cells) {
            if cell.width() > 0 {
                let text = Words::labelled(Ink::Title, &name.text, cell.clone());
                let wrapped = text.lines(columns.saturating_sub(2), palette);
                let margins = std::iter::once("").chain(std::iter::repeat("  "));
                lines.extend(wrapped.iter().zip(margins).map(|(l, m)| format!("{m}{l}")));
            }
        }
    }
    lines
}
