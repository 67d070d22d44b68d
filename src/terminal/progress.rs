//! Progress bars. The only module that names `indicatif`.

use std::io::IsTerminal;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that takes less than this shows nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// How often a bar that shows is drawn anew.
const TICK: Duration = Duration::from_millis(100);

/// How far a piece of work is: one bar, which its stages use one after the other. It shows once the
/// work has taken half a second, and leaves no trace. Steps may be counted from any thread.
#[derive(Debug, Default)]
pub struct Progress {
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

impl Progress {
    /// Shows nothing, ever.
    pub fn silent() -> Self {
        Progress::default()
    }

    /// Shows a bar if standard error is a terminal.
    pub fn on_terminal() -> Self {
        if std::io::stderr().is_terminal() {
            Progress::waiting()
        } else {
            Progress::silent()
        }
    }

    /// The next stage begins, with `total` steps; 0 if it cannot be told how many. `task` says what
    /// is done: "Reading".
    pub fn begin(&self, task: &'static str, total: usize) {
        if let Some(shown) = &self.shown {
            shown
                .bar
                .set_style(if total == 0 { spinner() } else { steps() });
            shown.bar.set_message(task);
            shown.bar.set_position(0);
            shown.bar.set_length(total as u64);
        }
    }

    /// Counts steps that were done.
    pub fn add(&self, steps: usize) {
        if let Some(shown) = &self.shown {
            shown.bar.inc(steps as u64);
        }
    }

    fn waiting() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        let (done, work) = channel();
        let behind = bar.clone();
        let curtain = std::thread::spawn(move || {
            if work.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                behind.set_draw_target(ProgressDrawTarget::stderr());
                behind.enable_steady_tick(TICK);
            }
        });
        Progress {
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

fn steps() -> ProgressStyle {
    styled("{msg:>12} [{bar:30}] {human_pos}/{human_len}")
}

fn spinner() -> ProgressStyle {
    styled("{msg:>12} {spinner} {elapsed}")
}

fn styled(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_bar_counts_nothing_and_starts_nothing() {
        let progress = Progress::silent();
        progress.begin("Reading", 10);
        progress.add(3);
        assert!(progress.shown.is_none());
    }

    #[test]
    fn stages_use_one_bar_and_a_short_piece_of_work_stays_hidden() {
        let progress = Progress::waiting();
        progress.begin("Reading", 10);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| progress.add(2));
            }
        });
        let shown = progress.shown.as_ref().expect("a bar");
        assert_eq!((shown.bar.position(), shown.bar.length()), (8, Some(10)));
        progress.begin("Parsing", 3);
        progress.add(1);
        assert_eq!((shown.bar.position(), shown.bar.length()), (1, Some(3)));
        assert!(shown.bar.is_hidden());
    }
}
