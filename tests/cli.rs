//! The program as people and other programs meet it: the real binary, on the documents in `corpora/`
//! and on folders that are made for a test.

#[path = "cli/access.rs"]
mod access;
#[path = "cli/bad_input.rs"]
mod bad_input;
#[path = "cli/batch.rs"]
mod batch;
#[path = "cli/closed_pipe.rs"]
mod closed_pipe;
#[path = "cli/color.rs"]
mod color;
#[path = "cli/commands.rs"]
mod commands;
#[path = "cli/documented.rs"]
mod documented;
#[path = "cli/facts.rs"]
mod facts;
#[path = "cli/json.rs"]
mod json;
#[path = "cli/line.rs"]
mod line;
#[path = "cli/program.rs"]
mod program;
#[path = "cli/protocol.rs"]
mod protocol;
#[path = "cli/same_bytes.rs"]
mod same_bytes;
#[path = "cli/settings.rs"]
mod settings;
#[path = "cli/shells.rs"]
mod shells;
#[path = "cli/templates.rs"]
mod templates;
#[path = "cli/terminal.rs"]
mod terminal;
