//! A model that is loaded.

use std::sync::{Mutex, PoisonError};

use fastembed::TextEmbedding;
use rayon::prelude::*;

use super::{EmbedError, Known, Maker, Model, Quantized, Vectors};

/// A text whose vector tells one model from another.
const PROBE: &str = "how a model is told from another";
/// Vectors of the probe that are less alike than this are of two models. The same model gives slightly
/// different numbers on different machines.
const SAME: f64 = 0.995;
/// A model computes on one thread, so this many are loaded at most, one a thread.
const MODELS: usize = 4;
/// Fewer texts than these are embedded sooner than another model is loaded.
const WORTH_A_MODEL: usize = 100;

/// A model, ready to embed texts from any thread, one at a time.
pub struct Embedder {
    model: Model,
    loaded: Mutex<TextEmbedding>,
    probe: Quantized,
}

impl Embedder {
    /// Loads a model; `fetch` allows to ask a hub for it where it is not on this machine.
    ///
    /// # Errors
    /// There is no such model, it is incomplete, or the runtime is missing.
    pub fn load(model: &Model, fetch: bool) -> Result<Self, EmbedError> {
        let mut loaded = model.load(fetch)?;
        let probe = embed(model, &mut loaded, PROBE)?;
        Ok(Embedder {
            model: model.clone(),
            loaded: Mutex::new(loaded),
            probe,
        })
    }

    /// Loads the model that made the vectors of a store.
    ///
    /// # Errors
    /// As [`Embedder::load`], or it is not the same model any more.
    pub fn again(maker: &Maker) -> Result<Self, EmbedError> {
        let model = Model::of(&maker.model);
        let embedder = Embedder::load(&model, false)?;
        embedder.is(maker)?;
        Ok(embedder)
    }

    /// What a store keeps of it, to know it again.
    pub fn maker(&self) -> Maker {
        Maker {
            model: self.model.to_string(),
            probe: self.probe.clone(),
        }
    }

    /// The vector of a text.
    ///
    /// # Errors
    /// The model fails on it.
    pub fn embed(&self, text: &str) -> Result<Quantized, EmbedError> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        embed(&self.model, &mut loaded, text)
    }

    /// Is this the model that made those vectors?
    ///
    /// # Errors
    /// It is another one, or has changed since.
    fn is(&self, maker: &Maker) -> Result<(), EmbedError> {
        let model = maker.model.clone();
        let (stored, now) = (maker.probe.dimension(), self.probe.dimension());
        if stored != now {
            return Err(EmbedError::OtherDimension { model, stored, now });
        }
        match self.probe.cosine(&maker.probe) {
            alike if alike >= SAME => Ok(()),
            _ => Err(EmbedError::Changed { model }),
        }
    }

    /// What this model made before, of the vectors of a store.
    pub fn known(&self, vectors: &Vectors<'_>) -> Known {
        match self.is(vectors.maker()) {
            Ok(()) => vectors.known(),
            Err(_) => Known::default(),
        }
    }

    /// The vectors of many texts, in their order; those that are known are not made again. `done` is told
    /// of each text.
    ///
    /// # Errors
    /// The model fails on one of them.
    pub fn embed_all(
        &self,
        texts: &[&str],
        known: &Known,
        done: &(dyn Fn() + Sync),
    ) -> Result<Vec<Quantized>, EmbedError> {
        let new: Vec<&str> = texts
            .iter()
            .copied()
            .filter(|text| known.get(text).is_none())
            .collect();
        (new.len()..texts.len()).for_each(|_| done());
        let mut made = self.make(&new, done)?.into_iter();
        let vector = |text: &&str| known.get(text).cloned().or_else(|| made.next());
        Ok(texts.iter().filter_map(vector).collect())
    }

    fn make(&self, texts: &[&str], done: &(dyn Fn() + Sync)) -> Result<Vec<Quantized>, EmbedError> {
        let most = MODELS.min(rayon::current_num_threads());
        let share = texts.len().div_ceil(most).max(WORTH_A_MODEL);
        let parts = texts.par_chunks(share).enumerate().map(|(n, texts)| {
            let another = (n > 0).then(|| Embedder::load(&self.model, false));
            let another = another.transpose()?;
            let embedder = another.as_ref().unwrap_or(self);
            let embed = |text: &&str| {
                let vector = embedder.embed(text);
                done();
                vector
            };
            texts.iter().map(embed).collect::<Result<Vec<_>, _>>()
        });
        let parts: Result<Vec<_>, _> = parts.collect();
        Ok(parts?.into_iter().flatten().collect())
    }
}

fn embed(model: &Model, loaded: &mut TextEmbedding, text: &str) -> Result<Quantized, EmbedError> {
    let vectors = loaded
        .embed([text], None)
        .map_err(|why| model.unusable(&why))?;
    match vectors.first().filter(|v| !v.is_empty()) {
        Some(vector) => Ok(Quantized::of(vector)),
        None => Err(EmbedError::Unusable {
            model: model.to_string(),
            why: "it gives no vector".to_owned(),
        }),
    }
}
