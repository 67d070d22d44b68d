//! What speaks for a unit, and what each of it is worth.
//!
//! The weights are those of a multinomial logistic regression over the pages that a question could be
//! answered by (the top-one case of ListNet, Cao et al., 2007), fitted on the stated customer intents of
//! one documentation set. Fitted on random halves of the questions, they do as well on the other halves;
//! and they were checked on sets that they were not fitted on. `cargo bench --bench fit` fits them to any
//! questions.

/// What speaks for a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signals {
    /// The unit's own BM25F score, as a share of the best one.
    pub own: f64,
    /// For a page, that of its best section.
    pub best_section: f64,
    /// For anything on a page, that of the page.
    pub its_page: f64,
    /// The share of the question's information that the header has.
    pub asked: f64,
    /// The share of the header's information that the question has.
    pub header: f64,
    /// The share of the question's information that the unit has anywhere.
    pub anywhere: f64,
    /// The share of the question's information that the summary of the page has.
    pub summary: f64,
    /// How far the verb of the header is that of the question.
    pub action: f64,
    /// Tens of words of the header, at most two.
    pub length: f64,
    /// 1 if the header has what it is to be without.
    pub opposed: f64,
    /// How near the header is to the question, by their vectors; 0 without vectors.
    pub near: f64,
    /// How near the header of the page is.
    pub page_near: f64,
}

/// What each signal is worth.
const WEIGHTS: Signals = Signals {
    own: 3.1,
    best_section: 2.0,
    its_page: 0.6,
    asked: 2.3,
    header: 2.95,
    anywhere: 1.3,
    summary: 2.45,
    action: 0.9,
    length: -0.8,
    opposed: -1.2,
    near: 2.0,
    page_near: 2.75,
};

/// How many of them words give, which come first.
const BY_WORDS: usize = 10;

impl Signals {
    /// What each is worth.
    pub fn weights() -> Self {
        WEIGHTS
    }

    /// Their names, in the order of [`Signals::values`].
    pub const NAMES: [&'static str; 12] = [
        "bm25f",
        "best_section",
        "page",
        "asked",
        "header",
        "anywhere",
        "summary",
        "action",
        "length",
        "opposed",
        "near",
        "page_near",
    ];

    /// Their values.
    pub fn values(&self) -> [f64; 12] {
        [
            self.own,
            self.best_section,
            self.its_page,
            self.asked,
            self.header,
            self.anywhere,
            self.summary,
            self.action,
            self.length,
            self.opposed,
            self.near,
            self.page_near,
        ]
    }

    /// What each of them is worth, where those that words give count so much, and those of vectors so
    /// much.
    pub fn gave(&self, words: f64, vectors: f64) -> [f64; 12] {
        let mut gave = self.values();
        let weights = WEIGHTS.values();
        let counts = (0..).map(|i| if i < BY_WORDS { words } else { vectors });
        let counts = weights.iter().zip(counts);
        gave.iter_mut()
            .zip(counts)
            .for_each(|(g, (w, c))| *g *= w * c);
        gave
    }

    /// What those are worth together that words give.
    pub fn by_words(&self) -> f64 {
        self.gave(1.0, 0.0).iter().sum()
    }

    /// How near the header is to the question, or that of its page.
    pub fn nearness(&self) -> f64 {
        self.near.max(self.page_near)
    }
}
