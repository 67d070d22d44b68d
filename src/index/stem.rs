//! Words without their endings. The only module that names `rust_stemmers`.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

/// The Snowball stemmer of a language, or none.
pub(super) struct Stems(Option<Stemmer>);

impl Stems {
    /// The stemmer with this name, as Snowball calls it, lower case. A name it does not have gives
    /// words back as they are.
    pub(super) fn named(name: &str) -> Self {
        Stems(algorithm(name).map(Stemmer::create))
    }

    /// The stem of a word in lower case. What has digits is a name or a number and stays as it is.
    pub(super) fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        match &self.0 {
            Some(stemmer) if !word.bytes().any(|b| b.is_ascii_digit()) => stemmer.stem(word),
            _ => Cow::Borrowed(word),
        }
    }
}

fn algorithm(name: &str) -> Option<Algorithm> {
    Some(match name {
        "arabic" => Algorithm::Arabic,
        "danish" => Algorithm::Danish,
        "dutch" => Algorithm::Dutch,
        "english" => Algorithm::English,
        "finnish" => Algorithm::Finnish,
        "french" => Algorithm::French,
        "german" => Algorithm::German,
        "greek" => Algorithm::Greek,
        "hungarian" => Algorithm::Hungarian,
        "italian" => Algorithm::Italian,
        "norwegian" => Algorithm::Norwegian,
        "portuguese" => Algorithm::Portuguese,
        "romanian" => Algorithm::Romanian,
        "russian" => Algorithm::Russian,
        "spanish" => Algorithm::Spanish,
        "swedish" => Algorithm::Swedish,
        "tamil" => Algorithm::Tamil,
        "turkish" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NAMES: [&str; 18] = [
        "arabic",
        "danish",
        "dutch",
        "english",
        "finnish",
        "french",
        "german",
        "greek",
        "hungarian",
        "italian",
        "norwegian",
        "portuguese",
        "romanian",
        "russian",
        "spanish",
        "swedish",
        "tamil",
        "turkish",
    ];

    #[test]
    fn inflections_meet() {
        let english = Stems::named("english");
        assert_eq!(english.stem("clusters"), english.stem("cluster"));
        assert_eq!(english.stem("k8s"), "k8s");
        let german = Stems::named("german");
        assert_eq!(german.stem("knoten"), german.stem("knotens"));
        assert_eq!(Stems::named("klingon").stem("clusters"), "clusters");
    }

    proptest! {
        #[test]
        fn no_word_is_too_odd(word in "\\PC{0,12}", name in proptest::sample::select(&NAMES[..])) {
            let _ = Stems::named(name).stem(&word.to_lowercase());
        }
    }
}
