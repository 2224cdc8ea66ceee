//! One question at the terminal, and its answer.

use std::io::{self, Read, Write};

use anstyle::{AnsiColor, Style};

use crate::cleaned::Edit;
use crate::cli::messages;
use crate::edit::Safety;
use crate::lang::Lang;
use crate::position::Position;
use crate::report::paint::{DIM, NEW, OLD, PATH, Paint, RULE};
use crate::report::visible::visible;
use crate::report::{shortened, write_excerpt};
use crate::rules::Rule;

const ASK: Style = AnsiColor::Cyan.on_default().bold();

/// What the reader has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Accept,
    Refuse,
    AcceptRule,
    RefuseRule,
    Keep,
    Quit,
}

/// A suggestion to decide about.
pub(super) struct Question<'q> {
    /// The document's name.
    pub(super) name: &'q str,
    /// Its text.
    pub(super) source: &'q str,
    pub(super) position: Position,
    pub(super) edit: &'q Edit<'q>,
    /// Whether it can be accepted at all.
    pub(super) can_accept: bool,
    pub(super) number: usize,
    pub(super) of: usize,
}

impl Question<'_> {
    /// Whether the words that stand there are such as settings can keep.
    fn can_keep(&self) -> bool {
        let words = self.edit.original;
        !words.trim().is_empty() && !words.contains(char::is_control)
    }

    /// The keys that can be answered.
    fn keys(&self) -> Vec<char> {
        let possible = |key: &char| match key {
            'y' | 'a' => self.can_accept,
            'k' => self.can_keep(),
            _ => true,
        };
        "ynadkq?".chars().filter(possible).collect()
    }
}

/// Where questions are asked. Answers are lines, as the terminal itself edits them: so
/// an input method for Chinese is not in the way, and nothing has to be put right when
/// the program is interrupted.
pub(super) struct Terminal<'s> {
    pub(super) answers: &'s mut dyn Read,
    pub(super) out: &'s mut dyn Write,
    pub(super) paint: Paint,
    pub(super) lang: Lang,
}

impl Terminal<'_> {
    pub(super) fn say(&mut self, words: &str) -> io::Result<()> {
        writeln!(self.out, "{words}")
    }

    /// The place, what could stand there, and why.
    pub(super) fn show(&mut self, question: &Question<'_>) -> io::Result<()> {
        let Question {
            name,
            source,
            position,
            edit,
            ..
        } = question;
        let rule = edit.causes.last().map_or("", |cause| Rule::id(cause.rule));
        let note = match (question.can_accept, edit.safety()) {
            (false, _) => messages::cannot_be_accepted(self.lang),
            (true, Safety::Display) => messages::not_decided(self.lang),
            (true, _) => messages::probably_right(self.lang),
        };
        let reason = edit.causes.last();
        let reason = reason.map_or("", |cause| cause.reason.in_language(self.lang));
        let paint = self.paint;
        writeln!(
            self.out,
            "\n{} {}: {} → {}{note}",
            paint.with(PATH, format_args!("{}:{position}:", visible(name))),
            paint.with(RULE, rule),
            paint.with(OLD, shortened(edit.original)),
            paint.with(NEW, shortened(edit.replacement)),
        )?;
        write_excerpt(self.out, source, &edit.range, paint)?;
        writeln!(self.out, "    {}", paint.with(DIM, reason))
    }

    /// Asks until there is an answer; the end of the input is that of the questions.
    pub(super) fn ask(&mut self, question: &Question<'_>) -> io::Result<Answer> {
        let keys = question.keys();
        let listed: Vec<String> = keys.iter().map(char::to_string).collect();
        let Question { number, of, .. } = question;
        let what = match question.can_accept {
            true => messages::change_it(self.lang),
            false => messages::go_on(self.lang),
        };
        let prompt = messages::question(self.lang, number, of, what, listed.join(","));
        loop {
            write!(self.out, "{} ", self.paint.with(ASK, &prompt))?;
            self.out.flush()?;
            let Some(line) = self.line()? else {
                writeln!(self.out)?;
                return Ok(Answer::Quit);
            };
            let mut letters = line.trim().chars();
            let key = match (letters.next(), letters.next()) {
                (Some(key), None) => key.to_ascii_lowercase(),
                _ => '?',
            };
            match key {
                _ if !keys.contains(&key) => {}
                'y' => return Ok(Answer::Accept),
                'n' => return Ok(Answer::Refuse),
                'a' => return Ok(Answer::AcceptRule),
                'd' => return Ok(Answer::RefuseRule),
                'k' => return Ok(Answer::Keep),
                'q' => return Ok(Answer::Quit),
                _ => {}
            }
            let help = messages::keys(self.lang);
            for line in help.lines().filter(|line| line.starts_with(&keys[..])) {
                writeln!(self.out, "{line}")?;
            }
        }
    }

    /// A line of the input; `None` at its end.
    fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        let mut byte = [0];
        loop {
            match self.answers.read(&mut byte) {
                Ok(0) if line.is_empty() => return Ok(None),
                Ok(0) => break,
                Ok(_) if byte[0] == b'\n' => break,
                Ok(_) => line.push(byte[0]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(Some(String::from_utf8_lossy(&line).into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cleaner::Cleaner;

    fn asked(text: &str, answers: &str) -> (Answer, String) {
        let cleaned = Cleaner::new().clean(text);
        let edit = cleaned.edits().find(|edit| !edit.applied);
        let edit = edit.expect("a suggestion");
        let question = Question {
            name: "a.txt",
            source: text,
            position: crate::Locator::new(text).locate(edit.range.start),
            can_accept: cleaned.can_accept(&edit),
            edit: &edit,
            number: 1,
            of: 1,
        };
        let mut out = Vec::new();
        let mut terminal = Terminal {
            answers: &mut answers.as_bytes(),
            out: &mut out,
            paint: Paint::default(),
            lang: Lang::En,
        };
        terminal.show(&question).expect("it is written");
        let answer = terminal.ask(&question).expect("it is read");
        (answer, String::from_utf8(out).expect("UTF-8"))
    }

    #[test]
    fn only_a_key_that_is_offered_is_an_answer() {
        let lone = "年 ⺁";
        for (answers, expected) in [
            ("y\n", Answer::Accept),
            ("\n \nyes\n是\nN\n", Answer::Refuse),
            (" a \r\n", Answer::AcceptRule),
            ("d", Answer::RefuseRule),
            ("?\nk\n", Answer::Keep),
            ("q\n", Answer::Quit),
            ("", Answer::Quit),
        ] {
            assert_eq!(asked(lone, answers).0, expected, "{answers:?}");
        }
        let (answer, said) = asked("烫烫烫烫烫烫", "y\na\nn\n");
        assert_eq!(answer, Answer::Refuse);
        assert!(said.contains("cannot be accepted"), "{said}");
        assert!(said.contains("[n,d,k,q,?]"), "{said}");
        assert!(!said.contains("accept:"), "{said}");
    }
}
