//! Completions and the manual page, read by the programs that they are for.

use std::path::Path;
use std::process::Command;

use super::program::{Folder, is_there, skip, stepwell};

fn runs(command: &mut Command) -> String {
    let output = command.output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{command:?}: {said}");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn completions_are_scripts_that_their_shells_take() {
    let folder = Folder::with(&[]);
    for (shell, source) in [
        ("bash", "source FILE && complete -p stepwell"),
        (
            "zsh",
            "autoload -U compinit && compinit -u -D && source FILE && print ${_comps[stepwell]}",
        ),
        ("fish", "source FILE && complete -C 'stepwell wal'"),
    ] {
        let script = stepwell(["completions", shell]).prints();
        folder.write(shell, &script);
        if is_there(shell) {
            let source = source.replace("FILE", &folder.join(shell).display().to_string());
            let said = runs(Command::new(shell).args(["-c", &source]));
            let expected = if shell == "fish" { "walk" } else { "_stepwell" };
            assert!(said.contains(expected), "{shell}: {said}");
        } else {
            skip(&format!("{shell} is not installed"));
        }
    }
    for shell in ["elvish", "powershell"] {
        let script = stepwell(["completions", shell]).prints();
        assert!(
            script.contains("compile") && script.contains("--transcript"),
            "{script}"
        );
    }
}

#[test]
fn bash_completes_commands_and_values() {
    if !is_there("bash") {
        return skip("bash is not installed");
    }
    let folder = Folder::with(&[]);
    folder.write("script", stepwell(["completions", "bash"]).prints());
    let complete = |words: &str| {
        let count = words.split(' ').count() - 1;
        let code = format!(
            "source {}; COMP_WORDS=({words}); [ \"{words}\" != \"${{words% }}\" ]; COMP_CWORD={count}; _stepwell stepwell \"${{COMP_WORDS[{count}]}}\" \"${{COMP_WORDS[{}]}}\"; echo ${{COMPREPLY[*]}}",
            folder.join("script").display(),
            count - 1,
        );
        runs(Command::new("bash").args(["--norc", "-c", &code]))
    };
    assert_eq!(complete("stepwell wa").trim(), "walk");
    assert_eq!(complete("stepwell list --kind pro").trim(), "procedure");
    assert_eq!(complete("stepwell export --format nd").trim(), "ndjson");
    assert_eq!(complete("stepwell ask --color al").trim(), "always");
}

#[test]
fn the_manual_page_has_every_command_and_renders() {
    let page = stepwell(["man"]).prints();
    for command in [
        "compile",
        "ask",
        "walk",
        "show",
        "list",
        "check",
        "export",
        "status",
        "completions",
    ] {
        let title = format!(".SH \"STEPWELL {}\"", command.to_uppercase());
        assert!(page.contains(&title), "{title}");
    }
    if !is_there("man") {
        return skip("man is not installed");
    }
    let folder = Folder::with(&[]);
    folder.write("stepwell.1", &page);
    let shown = render(&folder.join("stepwell.1"));
    assert!(shown.contains("stepwell walk"), "{shown}");
    assert!(shown.contains("--transcript"), "{shown}");
}

fn render(page: &Path) -> String {
    let mut man = Command::new("man");
    man.arg("-l")
        .arg(page)
        .env("MANPAGER", "cat")
        .env("MANWIDTH", "80")
        .env("LC_ALL", "C.UTF-8");
    let output = man.output().expect("it starts");
    let warnings = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && warnings.is_empty(), "{warnings}");
    // Bold is a letter over itself.
    let mut plain = String::new();
    for c in String::from_utf8_lossy(&output.stdout).chars() {
        match c {
            '\u{8}' => drop(plain.pop()),
            c => plain.push(c),
        }
    }
    plain
}
