//! Running the binary, and folders to run it in.

use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::thread::JoinHandle;

use serde_json::Value;
use tempfile::TempDir;

/// The binary under test.
pub(crate) const STEPWELL: &str = env!("CARGO_BIN_EXE_stepwell");

/// The folder of the crate.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder of documents that ships with the source.
pub(crate) fn corpus(name: &str) -> PathBuf {
    root().join("corpora").join(name)
}

/// A command that is going to be run.
pub(crate) struct Program {
    command: Command,
    input: Vec<u8>,
}

/// `stepwell` with these arguments, and with nothing of the environment that would change it.
pub(crate) fn stepwell<A: AsRef<OsStr>>(args: impl IntoIterator<Item = A>) -> Program {
    let mut command = Command::new(STEPWELL);
    command.args(args);
    for variable in ["STEPWELL_STORE", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(variable);
    }
    Program {
        command,
        input: Vec::new(),
    }
}

/// How it ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Program {
    pub(crate) fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    pub(crate) fn within(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.current_dir(folder);
        self
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn store(mut self, folder: impl AsRef<Path>) -> Self {
        self.command.arg("--store").arg(folder.as_ref());
        self
    }

    pub(crate) fn typing(mut self, input: impl AsRef<[u8]>) -> Self {
        self.input = input.as_ref().to_vec();
        self
    }

    pub(crate) fn run(mut self) -> Run {
        let (child, typist) = start(&mut self.command, std::mem::take(&mut self.input));
        let output = child.wait_with_output().expect("it ends");
        typist.join().expect("nothing to fail");
        Run {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).expect("text on standard output"),
            err: String::from_utf8(output.stderr).expect("text on standard error"),
        }
    }

    /// Runs, and ends as it should.
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> Run {
        let shown = format!("{:?}", self.command);
        let run = self.run();
        assert_eq!(run.code, Some(code), "{shown}\n{}\n{}", run.out, run.err);
        run
    }

    /// What it prints when all is well.
    #[track_caller]
    pub(crate) fn prints(self) -> String {
        self.ends(0).out
    }

    /// Its message when it could not run; it prints nothing then.
    #[track_caller]
    pub(crate) fn refuses(self) -> String {
        let run = self.ends(2);
        assert_eq!(run.out, "", "an error is no data");
        assert!(run.err.starts_with("error: "), "{}", run.err);
        run.err
    }

    /// What it prints, one JSON object a line.
    #[track_caller]
    pub(crate) fn lines(self) -> Vec<Value> {
        self.prints().lines().map(object).collect()
    }
}

/// Starts a command on pipes, with somebody who types.
pub(crate) fn start(command: &mut Command, input: Vec<u8>) -> (Child, JoinHandle<()>) {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    // What is typed and not read is no failure.
    let typist = std::thread::spawn(move || drop(stdin.write_all(&input)));
    (child, typist)
}

/// A line of output, which must be an object of the public JSON.
#[track_caller]
pub(crate) fn object(line: &str) -> Value {
    let value: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
    assert_eq!(value["v"], 1, "{line}");
    value
}

/// A folder with files in it.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let folder = Folder(tempfile::tempdir().expect("a folder"));
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn join(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    /// Compiles the folder into a store in it.
    #[track_caller]
    pub(crate) fn compiled(self) -> Self {
        let run = self.run(["compile", "."]).run();
        assert!(run.code == Some(0) || run.code == Some(1), "{}", run.err);
        self
    }

    /// `stepwell` in this folder.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = A>) -> Program {
        stepwell(args).within(self.path())
    }
}

/// A store of the runbooks, compiled once for all tests that only read it.
pub(crate) fn runbooks() -> &'static Path {
    static STORE: OnceLock<PathBuf> = OnceLock::new();
    STORE.get_or_init(|| compiled("runbooks"))
}

/// A store of the handbook, likewise.
pub(crate) fn handbook() -> &'static Path {
    static STORE: OnceLock<PathBuf> = OnceLock::new();
    STORE.get_or_init(|| compiled("handbook"))
}

fn compiled(name: &str) -> PathBuf {
    let store = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("store-{name}"));
    let _ = std::fs::remove_dir_all(&store);
    let set = corpus(name);
    stepwell(["compile".as_ref(), set.as_os_str()])
        .store(&store)
        .ends(0);
    store
}

/// Is there a program of this name?
pub(crate) fn is_there(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Says that a test could not be run here, where everybody sees it.
pub(crate) fn skip(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}
