//! Answers as text, by templates. The only module that names `minijinja`.
//!
//! A template gets the same object that `--format json` prints, under the same keys. The built-in
//! ones are in `templates/`; `--template` takes another, by name or from a file.
//!
//! Everything that a template prints is cleaned on its way out, so that no document can act on a
//! terminal through it; only the filters that set colour add escape sequences.
//!
//! *Deliberately absent:* what is said. A template chooses and arranges; it computes nothing.

mod code;
mod filters;
mod fragment;
mod layout;
mod table;
mod words;

use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value, ValueKind};
use minijinja::{Environment, Output, State};
use serde::Serialize;

use crate::terminal::clean;

pub use layout::Look;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Why something cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// No template has this name and no file is there.
    #[error("there is no template {name:?}: name one of {known}, or a file")]
    Unknown {
        /// What was asked for.
        name: String,
        /// The built-in names.
        known: String,
    },
    /// The file cannot be read.
    #[error("cannot read the template {}: {cause}", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the operating system said.
        cause: std::io::Error,
    },
    /// The template has a mistake, or asks for something that is not there.
    #[error("{template}:{line}: {message}")]
    Template {
        /// Its name or file.
        template: String,
        /// 1-based; 0 where no line is known.
        line: usize,
        /// What is wrong.
        message: String,
    },
}

/// Renders templates in one look.
pub struct Renderer {
    environment: Environment<'static>,
}

impl Renderer {
    /// The built-in templates.
    ///
    /// # Errors
    /// The syntax of the templates is wrong; the tests rule that out.
    pub fn new(look: &Look) -> Result<Self, RenderError> {
        let mut environment = Environment::new();
        environment.set_syntax(syntax()?);
        environment.set_formatter(cleaned);
        filters::add(&mut environment, look);
        // A template is compiled when it is first wanted.
        environment.set_loader(|name| {
            let file = TEMPLATES.files().find(|f| name_of(f.path()) == name);
            Ok(file.and_then(|f| f.contents_utf8()).map(str::to_owned))
        });
        Ok(Renderer { environment })
    }

    /// Takes a template by name, or from a file; tells the name to render it by.
    ///
    /// # Errors
    /// Nothing has the name, or the file cannot be read or is no template.
    pub fn choose(&mut self, name: &str) -> Result<String, RenderError> {
        if TEMPLATES.files().any(|f| name_of(f.path()) == name) {
            return Ok(name.to_owned());
        }
        let file = Path::new(name);
        if !file.is_file() {
            return Err(RenderError::Unknown {
                name: name.to_owned(),
                known: names().join(", "),
            });
        }
        let source = std::fs::read_to_string(file).map_err(|cause| RenderError::Unreadable {
            file: file.to_owned(),
            cause,
        })?;
        self.environment
            .add_template_owned(name.to_owned(), source)
            .map_err(|e| wrong(&e))?;
        Ok(name.to_owned())
    }

    /// Renders a value.
    ///
    /// # Errors
    /// The template asks for something that is not there.
    pub fn render(&self, template: &str, value: &impl Serialize) -> Result<String, RenderError> {
        let found = self
            .environment
            .get_template(template)
            .map_err(|e| wrong(&e))?;
        found.render(Serde(value)).map_err(|e| wrong(&e))
    }
}

/// Tags on lines of their own leave no blank lines behind.
fn syntax() -> Result<SyntaxConfig, RenderError> {
    let mut builder = SyntaxConfig::builder();
    builder
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true);
    builder.build().map_err(|e| wrong(&e))
}

/// The names of the built-in templates that show something by themselves, sorted.
pub fn names() -> Vec<String> {
    let all = TEMPLATES.files().map(|f| name_of(f.path()));
    // The others are parts of these.
    let mut names: Vec<String> = all.filter(|name| name.contains('.')).collect();
    names.sort();
    names
}

/// `ask.text.jinja` is called `ask.text`.
fn name_of(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Prints a value without anything that acts on a terminal; what the colour filters made is safe.
fn cleaned(
    out: &mut Output<'_>,
    _: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), minijinja::Error> {
    if value.is_safe() {
        return Ok(write!(out, "{value}")?);
    }
    match value.kind() {
        ValueKind::None | ValueKind::Undefined => Ok(()),
        _ => {
            let text = value.to_string();
            Ok(out.write_str(&clean(&text))?)
        }
    }
}

fn wrong(error: &minijinja::Error) -> RenderError {
    RenderError::Template {
        template: error.name().unwrap_or("template").to_owned(),
        line: error.line().unwrap_or_default(),
        message: error
            .detail()
            .map_or_else(|| error.kind().to_string(), str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::Palette;

    #[test]
    fn every_built_in_template_is_one() {
        let renderer = Renderer::new(&Look::sample(Palette::PLAIN)).expect("a renderer");
        for file in TEMPLATES.files() {
            let found = renderer.environment.get_template(&name_of(file.path()));
            assert!(found.is_ok(), "{found:?}");
        }
        assert!(names().contains(&"ask.text".to_owned()), "{:?}", names());
    }

    #[test]
    fn a_document_cannot_act_through_a_template() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("own.jinja");
        std::fs::write(&file, "{{ text }} {{ text | title }}\n").expect("written");
        let mut renderer = Renderer::new(&Look::sample(Palette::COLOURED)).expect("built in");
        let name = renderer
            .choose(&file.display().to_string())
            .expect("a template");
        let shown = renderer
            .render(&name, &serde_json::json!({ "text": "a\u{1b}[2Jb" }))
            .expect("renders");
        assert!(!shown.contains("\u{1b}[2J"), "{shown:?}");
        assert!(shown.contains("\u{1b}[1m"), "the filter colours: {shown:?}");
    }

    #[test]
    fn a_mistake_names_file_and_line() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("own.jinja");
        std::fs::write(&file, "one\n{% if %}\n").expect("written");
        let mut renderer = Renderer::new(&Look::sample(Palette::PLAIN)).expect("built in");
        let error = renderer
            .choose(&file.display().to_string())
            .expect_err("a mistake");
        assert!(error.to_string().contains("own.jinja:2:"), "{error}");
        let error = renderer.choose("nothing").expect_err("no such template");
        assert!(error.to_string().contains("ask.markdown"), "{error}");
    }
}
