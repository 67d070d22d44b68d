//! A walk in a real terminal, which `tmux` gives.

use std::cell::Cell;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;

use super::program::{Folder, STEPWELL, corpus, is_there, runbooks, skip};

/// A terminal with a shell in it.
struct Terminal {
    socket: String,
    /// How many commands were typed into its shell.
    commands: Cell<usize>,
}

/// How often the screen is looked at before a test gives up.
const LOOKS: usize = 600;

impl Terminal {
    fn open(name: &str, columns: usize, folder: &Folder) -> Option<Self> {
        if !is_there("tmux") {
            skip("tmux is not installed; tests/run installs it where it can");
            return None;
        }
        let terminal = Terminal {
            socket: format!("stepwell-{name}-{}", std::process::id()),
            commands: Cell::new(0),
        };
        let size = columns.to_string();
        let store = format!("STEPWELL_STORE={}", runbooks().display());
        let folder = folder.path().display().to_string();
        terminal.tmux(&[
            "-f",
            "/dev/null",
            "-u",
            "new-session",
            "-d",
            "-x",
            &size,
            "-y",
            "50",
            "-c",
            &folder,
            "-e",
            &store,
            "sh",
        ]);
        terminal.types("PS1='ready$ '; clear");
        terminal.when("the prompt", |screen| screen.starts_with("ready$"));
        Some(terminal)
    }

    fn tmux(&self, args: &[&str]) -> String {
        let mut command = Command::new("tmux");
        command.args(["-L", &self.socket]).args(args);
        for variable in ["TMUX", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(variable);
        }
        let output = command.output().expect("tmux starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{args:?}: {said}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn keys(&self, keys: &[&str]) {
        self.tmux(&[&["send-keys"], keys].concat());
    }

    fn types(&self, line: &str) {
        self.tmux(&["send-keys", "-l", line]);
        self.keys(&["Enter"]);
    }

    /// Runs a command on an empty screen, until a screen shows its end and nothing of the command before.
    fn runs(&self, command: &str) {
        let n = self.commands.get() + 1;
        self.commands.set(n);
        self.types(&format!("clear; {command}; echo ended $(({n}))"));
        self.until(&format!("\nended {n}\n"));
    }

    fn screen(&self) -> String {
        self.tmux(&["capture-pane", "-p"])
    }

    /// Types a line at a question of the program: a key that comes before the question would stand in front of it.
    fn answers(&self, line: &str) {
        self.when("a question", at_a_question);
        self.types(line);
    }

    /// The screen, once it shows this.
    fn until(&self, part: &str) -> String {
        self.when(part, |screen| screen.contains(part))
    }

    fn when(&self, what: &str, is_there: impl Fn(&str) -> bool) -> String {
        for _ in 0..LOOKS {
            let screen = self.screen();
            if is_there(&screen) {
                return screen;
            }
            sleep(Duration::from_millis(50));
        }
        panic!("{what:?} does not come:\n{}", self.screen());
    }
}

fn at_a_question(screen: &str) -> bool {
    screen.trim_end().ends_with("\n>")
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let mut command = Command::new("tmux");
        let _ = command.args(["-L", &self.socket, "kill-server"]).output();
    }
}

#[test]
fn a_person_walks_a_procedure_with_the_keyboard() {
    let folder = Folder::with(&[]);
    let Some(terminal) = Terminal::open("walk", 60, &folder) else {
        return;
    };
    terminal.types(&format!("{STEPWELL} walk --transcript t.txt"));
    terminal.until("What do you want to do?");
    terminal.answers("free disk space");
    let screen = terminal.until("Enter: Find the cause");
    assert!(
        screen.contains("[ ] lsof is installed on the host."),
        "{screen}"
    );
    terminal.answers("");
    terminal.until("Enter: Show space and inodes");
    terminal.answers("");
    let screen = terminal.until("See also: ");
    assert!(
        screen.contains("    df -h -x tmpfs -x devtmpfs\n"),
        "{screen}"
    );
    terminal.answers("b");
    terminal.until("> b");
    terminal.answers("?");
    terminal.until("Anything else is read as what you see or do");
    terminal.when("a question", at_a_question);
    terminal.keys(&["C-d"]);
    let screen = terminal.until("\nready$");
    assert!(
        screen.contains("■ Stopped."),
        "and the shell is back: {screen}"
    );
    let transcript = std::fs::read_to_string(folder.join("t.txt")).expect("a transcript");
    assert!(
        transcript.contains("> b\n") && transcript.contains("■ Stopped."),
        "{transcript}"
    );
}

#[test]
fn nothing_but_code_is_wider_than_the_window() {
    let folder = Folder::with(&[]);
    let Some(terminal) = Terminal::open("width", 60, &folder) else {
        return;
    };
    terminal.types(&format!(
        "clear; {STEPWELL} walk --unit 'host/free-disk-space.md#free-disk-space'"
    ));
    terminal.until("Enter: Find the cause");
    let shown = terminal.screen();
    let joined = terminal.tmux(&["capture-pane", "-p", "-J"]);
    let lines = |text: &str| {
        text.lines()
            .skip_while(|l| !l.starts_with("Free disk"))
            .map(|l| l.trim_end().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        lines(&shown),
        lines(&joined),
        "the terminal had to break no line"
    );
    assert!(
        shown.lines().any(|l| l.chars().count() > 50),
        "and the width is used:\n{shown}"
    );
}

#[test]
fn a_terminal_has_colour_unless_it_is_refused() {
    let folder = Folder::with(&[]);
    let Some(terminal) = Terminal::open("color", 80, &folder) else {
        return;
    };
    let coloured = |command: &str| {
        terminal.runs(command);
        let screen = terminal.tmux(&["capture-pane", "-p", "-e"]);
        screen.contains("[34m")
    };
    let ask = format!("{STEPWELL} ask what is a primary");
    assert!(coloured(&ask));
    assert!(!coloured(&format!("NO_COLOR=1 {ask}")));
    assert!(!coloured(&format!("{ask} --color never")));
    assert!(!coloured(&format!("{ask} | cat")));
}

#[test]
fn a_list_has_columns_in_a_terminal_and_tabs_in_a_pipe() {
    let folder = Folder::with(&[]);
    let Some(terminal) = Terminal::open("list", 100, &folder) else {
        return;
    };
    terminal.runs(&format!("{STEPWELL} list --kind term"));
    let screen = terminal.screen();
    assert!(
        screen.contains("term       glossary.md#primary  Primary"),
        "{screen}"
    );
}

#[test]
fn progress_is_shown_while_it_takes_long_and_leaves_no_trace() {
    let folder = Folder::with(&[]);
    let Some(terminal) = Terminal::open("progress", 80, &folder) else {
        return;
    };
    let page = std::fs::read_to_string(corpus("runbooks").join("triage.md")).expect("a page");
    for n in 0..400 {
        folder.write(&format!("set/{n}.md"), &page);
    }
    terminal.types(&format!(
        "clear; {STEPWELL} compile set --store s --format json > findings; echo done"
    ));
    let screen = terminal.until("[=");
    assert!(screen.contains("/400"), "{screen}");
    let screen = terminal.until("\ndone");
    assert!(
        !screen.contains("[=") && screen.contains("compiled 400 pages into"),
        "{screen}"
    );
}
