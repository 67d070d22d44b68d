//! The model of a command: the one that makes the vectors of a set, and the same again for a question.

use std::path::Path;
use std::sync::OnceLock;

use super::args::Global;
use super::stages::Stages;
use super::{CliError, remark};
use crate::ask::Embeds;
use crate::config::Config;
use crate::embed::{self, Embedder, Known, Maker, Model, Quantized, Vectors};
use crate::model::CompiledSet;
use crate::pipeline::{Observer, Stage};
use crate::store::{self, Extra, Section};

/// The name that stands for no model.
const NONE: &str = "none";

/// The model that a compile is to use.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    model: Model,
    /// By a flag, so that it may be fetched and has to be there.
    by_hand: bool,
}

impl Choice {
    /// That of the flag, else that of the project file.
    pub(super) fn of(flag: Option<&str>, config: &Config) -> Option<Self> {
        if flag.is_some() {
            return Choice::by_hand(flag);
        }
        let text = config.model.as_deref()?;
        let folder = config.file.as_deref().and_then(Path::parent)?.join(text);
        let model = match folder.is_dir() {
            true => Model::Folder(folder).absolute(),
            false => Model::of(text),
        };
        let by_hand = false;
        Some(Choice { model, by_hand })
    }

    /// That of a flag.
    pub(super) fn by_hand(flag: Option<&str>) -> Option<Self> {
        let model = Model::of(flag.filter(|text| *text != NONE)?).absolute();
        let by_hand = true;
        Some(Choice { model, by_hand })
    }

    /// Loads it. One that only the project file names may be missing: everything works without.
    pub(super) fn load(&self, global: &Global) -> Result<Option<Embedder>, CliError> {
        match Embedder::load(&self.model, self.by_hand) {
            Ok(embedder) => Ok(Some(embedder)),
            Err(why) if self.by_hand => Err(why.into()),
            Err(why) => {
                remark(global, &format!("compiled without vectors: {why}"));
                Ok(None)
            }
        }
    }
}

/// The vectors that a store has from this model, if there is a store.
pub(super) fn known(folder: &Path, embedder: &Embedder) -> Known {
    let Ok(shelf) = store::open(folder) else {
        return Known::default();
    };
    let section = shelf.section_if_any(Section::Vectors).ok().flatten();
    let vectors = section.and_then(|bytes| Vectors::open(bytes).ok());
    vectors.map(|v| embedder.known(&v)).unwrap_or_default()
}

/// The vectors of a set.
pub(super) fn vectors(
    set: &CompiledSet,
    embedder: &Embedder,
    known: &Known,
    stages: &Stages,
) -> Result<Extra, CliError> {
    let (texts, units) = embed::texts(&set.units);
    stages.begin(Stage::Embed, texts.len());
    let vectors = embedder.embed_all(&texts, known, &|| stages.step())?;
    Ok(Extra {
        section: Section::Vectors,
        bytes: embed::write(&embedder.maker(), &texts, &vectors, &units),
    })
}

/// The model that made the vectors of a set, loaded when the first question is asked.
pub(super) struct Again {
    loaded: OnceLock<Option<Embedder>>,
    quiet: bool,
}

impl Again {
    pub(super) fn new(global: &Global) -> Self {
        Again {
            loaded: OnceLock::new(),
            quiet: global.quiet,
        }
    }

    /// Says what is wrong, once.
    fn load(&self, maker: &Maker) -> Option<Embedder> {
        let loaded = Embedder::again(maker);
        if let Err(why) = &loaded
            && !self.quiet
        {
            super::tell(&format!("answering by words alone: {why}"));
        }
        loaded.ok()
    }
}

impl Embeds for Again {
    fn embed(&self, maker: &Maker, text: &str) -> Option<Quantized> {
        let embedder = self.loaded.get_or_init(|| self.load(maker)).as_ref()?;
        embedder.embed(text).ok()
    }
}
