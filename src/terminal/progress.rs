//! Progress bars. The only module that names `indicatif`.

use std::io::IsTerminal;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What takes less than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often a bar that shows is drawn anew.
const TICK: Duration = Duration::from_millis(100);

/// Whether progress is shown: on a terminal, on standard error, unless it was asked to be quiet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Bars for what takes longer than half a second.
    Shown,
    /// Nothing, ever.
    Silent,
}

impl Progress {
    /// Shown if standard error is a terminal.
    pub fn on_terminal() -> Self {
        if std::io::stderr().is_terminal() {
            Progress::Shown
        } else {
            Progress::Silent
        }
    }

    /// Begins a piece of work of `total` steps; `task` says what is done: "Reading". Dropping the
    /// bar ends it and leaves no trace.
    pub fn begin(self, task: &'static str, total: usize) -> Bar {
        match self {
            Progress::Silent => Bar::default(),
            Progress::Shown => Bar::waiting(task, total as u64),
        }
    }
}

/// A piece of work that is under way. Steps may be counted from any thread.
#[derive(Debug, Default)]
pub struct Bar {
    shown: Option<Shown>,
}

#[derive(Debug)]
struct Shown {
    bar: ProgressBar,
    /// Dropped when the work is done, which wakes the curtain.
    done: Option<Sender<()>>,
    /// Lifts once the work has taken too long to stay silent.
    curtain: Option<JoinHandle<()>>,
}

impl Bar {
    /// Counts steps that were done.
    pub fn add(&self, steps: usize) {
        if let Some(shown) = &self.shown {
            shown.bar.inc(steps as u64);
        }
    }

    fn waiting(task: &'static str, total: u64) -> Bar {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden())
            .with_style(style())
            .with_message(task);
        let (done, work) = channel();
        let behind = bar.clone();
        let curtain = std::thread::spawn(move || {
            if work.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                behind.set_draw_target(ProgressDrawTarget::stderr());
                behind.enable_steady_tick(TICK);
            }
        });
        Bar {
            shown: Some(Shown {
                bar,
                done: Some(done),
                curtain: Some(curtain),
            }),
        }
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        drop(self.done.take());
        if let Some(curtain) = self.curtain.take() {
            let _ = curtain.join();
        }
        self.bar.finish_and_clear();
    }
}

fn style() -> ProgressStyle {
    let template = "{msg:>12} [{bar:30}] {human_pos}/{human_len} {eta}";
    ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_bar_counts_nothing_and_starts_nothing() {
        let bar = Progress::Silent.begin("Reading", 10);
        bar.add(3);
        assert!(bar.shown.is_none());
    }

    #[test]
    fn a_short_piece_of_work_stays_hidden() {
        let bar = Progress::Shown.begin("Reading", 10);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| bar.add(2));
            }
        });
        let shown = bar.shown.as_ref().expect("a bar");
        assert_eq!(shown.bar.position(), 8);
        assert!(shown.bar.is_hidden());
    }
}
