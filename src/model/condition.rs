//! When something applies.

use serde::{Deserialize, Serialize};

/// A condition as the author wrote it, and what the grammar read in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Condition {
    /// The clause with its own negation ("the SIM is not active"), without the cue ("if"). For
    /// "If yes …" under a question it is the question.
    pub text: String,
    /// `No` where the branch is for the opposite of `text` ("Unless …", "If no …", "Otherwise").
    pub polarity: Polarity,
    /// "Otherwise": the rest of a set of conditions.
    #[serde(default, rename = "else")]
    pub otherwise: bool,
    /// For `otherwise`: the texts of the conditions it is the rest of.
    #[serde(default)]
    pub of: Vec<String>,
    /// The comparison, where one was read.
    #[serde(default)]
    pub test: Option<Test>,
}

impl Condition {
    /// A condition that must hold.
    pub fn yes(text: impl Into<String>) -> Self {
        Condition {
            text: text.into(),
            polarity: Polarity::Yes,
            otherwise: false,
            of: Vec::new(),
            test: None,
        }
    }
}

/// Does the branch follow when the condition holds, or when it does not?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// When it holds.
    #[default]
    Yes,
    /// When it does not.
    No,
}

impl Polarity {
    /// The name in the public interface.
    pub fn name(self) -> &'static str {
        match self {
            Polarity::Yes => "yes",
            Polarity::No => "no",
        }
    }
}

/// A comparison: `{key: "kubernetes", op: ">=", value: "1.29"}`. Key and value are lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Test {
    /// What is compared.
    pub key: String,
    /// How.
    pub op: Op,
    /// With what, as written, without quotes or emphasis.
    pub value: String,
}

/// The six comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Op {
    /// `=`
    #[serde(rename = "=")]
    Eq,
    /// `!=`
    #[serde(rename = "!=")]
    Ne,
    /// `<`
    #[serde(rename = "<")]
    Lt,
    /// `<=`
    #[serde(rename = "<=")]
    Le,
    /// `>`
    #[serde(rename = ">")]
    Gt,
    /// `>=`
    #[serde(rename = ">=")]
    Ge,
}

impl Op {
    /// The sign.
    pub fn sign(self) -> &'static str {
        match self {
            Op::Eq => "=",
            Op::Ne => "!=",
            Op::Lt => "<",
            Op::Le => "<=",
            Op::Gt => ">",
            Op::Ge => ">=",
        }
    }

    /// The comparison with this sign.
    pub fn from_sign(sign: &str) -> Option<Op> {
        [Op::Eq, Op::Ne, Op::Lt, Op::Le, Op::Gt, Op::Ge]
            .into_iter()
            .find(|op| op.sign() == sign)
    }

    /// The comparison that holds exactly where this one does not.
    pub fn negated(self) -> Op {
        match self {
            Op::Eq => Op::Ne,
            Op::Ne => Op::Eq,
            Op::Lt => Op::Ge,
            Op::Le => Op::Gt,
            Op::Gt => Op::Le,
            Op::Ge => Op::Lt,
        }
    }
}
