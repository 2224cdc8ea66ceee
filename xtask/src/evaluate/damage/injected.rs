//! What repairs do to undamaged paragraphs within garbled pages.

use std::collections::BTreeMap;
use std::ops::Range;

use zhengben::workshop::{Repair, repairs};

use super::judge::check;
use super::paragraphs::{Style, sentences};
use super::simulated::{Setting, in_context};
use super::tally::{is_safe, percent};
use crate::Failure;
use crate::evaluate::documents::ends_sentence;
use crate::parallel;
use crate::simulate::{Decoder, Garbled, Random};

/// Of the places between sentences, one in so many gets a paragraph.
const PLACES: usize = 4;

/// A garbled page with undamaged paragraphs.
struct Mixed {
    text: String,
    paragraphs: Vec<(Style, Range<usize>)>,
}

/// What became of a paragraph.
struct Fate {
    style: Style,
    decoder: Decoder,
    /// Whether a safe repair changed it, and whether any did.
    by_safe: bool,
    by_any: bool,
    line: String,
}

/// Paragraphs, those changed by safe repairs, and those changed by any.
type Counts = [usize; 3];

/// Measures, and prints a report.
#[expect(clippy::print_stdout, reason = "it is a report")]
pub(super) fn run(
    domains: &BTreeMap<String, Vec<String>>,
    setting: &Setting<'_>,
    show: usize,
) -> Result<(), Failure> {
    let mut styles: BTreeMap<Style, Counts> = BTreeMap::new();
    let mut rows: Vec<(String, Counts)> = Vec::new();
    let mut decoders = [Counts::default(); 2];
    for (domain, documents) in domains {
        let pages = parallel::map(documents, |number, _| {
            measure(domain, documents, number, setting)
                .map_err(|error| format!("{domain} {number}: {error}"))
        });
        let mut of_domain = Counts::default();
        let mut lines = Vec::new();
        for page in pages {
            for fate in page? {
                let decoder = &mut decoders[fate.decoder as usize];
                for counts in [
                    styles.entry(fate.style).or_default(),
                    &mut of_domain,
                    decoder,
                ] {
                    counts[0] += 1;
                    counts[1] += usize::from(fate.by_safe);
                    counts[2] += usize::from(fate.by_any);
                }
                if fate.by_any {
                    lines.push((!fate.by_safe, fate.line));
                }
            }
        }
        lines.sort_by_key(|&(unsafe_only, _)| unsafe_only);
        for (_, line) in lines.iter().take(show) {
            println!("  {domain}: {line}");
        }
        rows.push((domain.clone(), of_domain));
    }
    let all = rows.iter().fold(Counts::default(), |mut sum, (_, counts)| {
        (0..sum.len()).for_each(|at| sum[at] += counts[at]);
        sum
    });
    println!("== injected: undamaged paragraphs in garbled pages");
    println!(
        "{:24} {:>10} {:>20} {:>20}",
        "", "paragraphs", "changed as safe", "changed at all"
    );
    let styles = styles.iter().map(|(style, c)| (format!("{style:?}"), *c));
    let decoders = [Decoder::Question, Decoder::Drop]
        .into_iter()
        .map(|decoder| (format!("{decoder:?} decoder"), decoders[decoder as usize]));
    for (name, [paragraphs, by_safe, by_any]) in styles
        .chain(decoders)
        .chain(rows)
        .chain([("all".to_owned(), all)])
    {
        let share = |count| format!("{count} ({:.3} %)", percent(count, paragraphs));
        println!(
            "{name:24} {paragraphs:10} {:>20} {:>20}",
            share(by_safe),
            share(by_any)
        );
    }
    Ok(())
}

/// What became of the paragraphs in the document of that number, if it is
/// damaged.
fn measure(
    domain: &str,
    documents: &[String],
    number: usize,
    setting: &Setting<'_>,
) -> Result<Vec<Fate>, Failure> {
    let garbled = setting.garble(domain, number, &documents[number]);
    if garbled.runs.is_empty() {
        return Ok(Vec::new());
    }
    let mut random = Random::of_document(!setting.seed, number);
    // Any other document, so that the paragraphs are no part of the page.
    let other = random.between(1, documents.len().max(2) - 1);
    let other = sentences(&documents[(number + other) % documents.len()]);
    let mixed = mix(&garbled, &other, &mut random);
    let repairs = repairs(&mixed.text);
    check(&mixed.text, &repairs)?;
    Ok(fates(&mixed, garbled.reader.decoder, &repairs))
}

/// What the repairs do to each of the paragraphs.
fn fates(mixed: &Mixed, decoder: Decoder, repairs: &[Repair]) -> Vec<Fate> {
    let changes: Vec<(Range<usize>, &Repair)> = repairs
        .iter()
        .filter_map(|repair| Some((changed(&mixed.text, repair)?, repair)))
        .collect();
    let fates = mixed.paragraphs.iter().map(|(style, paragraph)| {
        let touching = || {
            changes.iter().filter(|(range, _)| {
                let inside = paragraph.start < range.start && range.start < paragraph.end;
                inside || range.start < paragraph.end && paragraph.start < range.end
            })
        };
        let surest = touching().min_by_key(|(_, repair)| repair.certainty);
        Fate {
            style: *style,
            decoder,
            by_safe: touching().any(|(_, repair)| is_safe(repair.certainty)),
            by_any: surest.is_some(),
            line: surest.map_or(String::new(), |(_, repair)| {
                format!(
                    "{style:?}: {:?} {:.1}: {} → {}",
                    repair.certainty,
                    repair.margin,
                    in_context(&mixed.text, &repair.range),
                    repair.replacement.escape_debug()
                )
            }),
        }
    });
    fates.collect()
}

/// Puts paragraphs between some sentences that came through.
fn mix(garbled: &Garbled, sentences: &[&str], random: &mut Random) -> Mixed {
    let mut places = places(garbled);
    random.shuffle(&mut places);
    places.truncate(places.len().div_ceil(PLACES).min(Style::ALL.len()));
    places.sort_unstable();
    let mut styles = Style::ALL.to_vec();
    random.shuffle(&mut styles);
    let mut mixed = Mixed {
        text: String::new(),
        paragraphs: Vec::new(),
    };
    let mut done = 0;
    for (place, style) in places.into_iter().zip(styles) {
        if sentences.is_empty() {
            break;
        }
        let sentence = sentences[random.below(sentences.len() as u64) as usize];
        let Some(paragraph) = style.paragraph(sentence, garbled.reader.narrows, random) else {
            continue;
        };
        mixed.text.push_str(&garbled.text[done..place]);
        done = place;
        let start = mixed.text.len();
        mixed.text.push_str(&paragraph);
        mixed.paragraphs.push((style, start..mixed.text.len()));
        if garbled.text[..place].ends_with('\n') {
            mixed.text.push('\n');
        }
    }
    mixed.text.push_str(&garbled.text[done..]);
    mixed
}

/// The places in the garbled text behind the end of a sentence and before a
/// character, both of which came through.
fn places(garbled: &Garbled) -> Vec<usize> {
    garbled
        .survivors
        .windows(2)
        .filter_map(|pair| {
            let [end, next] = [pair[0], pair[1]];
            let character = garbled.text[end.text..].chars().next()?;
            let follows = next.text == end.text + character.len_utf8();
            let together = next.character == end.character + 1;
            let ends = ends_sentence(character) || matches!(character, '!' | '?');
            (follows && together && ends).then_some(next.text)
        })
        .collect()
}

/// What a repair really changes: not what it keeps at its ends. `None` if it
/// changes nothing.
fn changed(text: &str, repair: &Repair) -> Option<Range<usize>> {
    let old = &text[repair.range.clone()];
    let new = repair.replacement.as_str();
    if old == new {
        return None;
    }
    let kept = |a: &mut dyn Iterator<Item = char>, b: &mut dyn Iterator<Item = char>| -> usize {
        let pairs = a.zip(b).take_while(|(a, b)| a == b);
        pairs.map(|(a, _)| a.len_utf8()).sum()
    };
    let head = kept(&mut old.chars(), &mut new.chars());
    let (old, new) = (&old[head..], &new[head..]);
    let tail = kept(&mut old.chars().rev(), &mut new.chars().rev());
    Some(repair.range.start + head..repair.range.end - tail)
}

#[cfg(test)]
mod tests {
    use zhengben::workshop::{Certainty, Kind};

    use super::*;
    use crate::simulate::{self, Choices};

    #[test]
    fn paragraphs_stand_between_what_came_through() {
        let page = "发展动力不足，当地居民探索致富之路。现有交通不便，要进一步观察。\n".repeat(20);
        let sentences = ["饕餮是古代传说中的一种野兽，很贪吃。"];
        let (mut runs, mut paragraphs) = (0, 0);
        for number in 0..20 {
            let garbled = simulate::garble(&page, 1, number, &Choices::default());
            let mixed = mix(&garbled, &sentences, &mut Random::of_document(1, number));
            let mut rest = String::new();
            let mut done = 0;
            for (_, paragraph) in &mixed.paragraphs {
                rest.push_str(&mixed.text[done..paragraph.start]);
                done = paragraph.end;
                done += usize::from(rest.ends_with('\n'));
            }
            rest.push_str(&mixed.text[done..]);
            assert_eq!(rest, garbled.text);
            runs += garbled.runs.len();
            paragraphs += mixed.paragraphs.len();

            let (_, first) = &mixed.paragraphs[0];
            let edit = |range: Range<usize>, certainty| Repair {
                range,
                replacement: "□".to_owned(),
                kind: Kind::Cut,
                certainty,
                margin: 1.0,
            };
            let before = edit(0..first.start, Certainty::Certain);
            let inside = edit(first.clone(), Certainty::Weak);
            let fates = fates(&mixed, Decoder::Question, &[before, inside]);
            let changed: Vec<_> = fates.iter().map(|f| (f.by_safe, f.by_any)).collect();
            assert_eq!(changed[0], (false, true));
            assert!(changed[1..].iter().all(|&of| of == (false, false)));
        }
        assert!(runs > 100 && paragraphs > 100);
    }

    #[test]
    fn what_a_repair_keeps_is_not_changed() {
        let text = "甲乙丙丁";
        let repair = |range, replacement: &str| Repair {
            range,
            replacement: replacement.to_owned(),
            kind: Kind::Gloss,
            certainty: Certainty::Weak,
            margin: 0.0,
        };
        assert_eq!(changed(text, &repair(0..12, "甲戊丁")), Some(3..9));
        assert_eq!(changed(text, &repair(0..6, "甲丙乙")), Some(3..3));
        assert_eq!(changed(text, &repair(0..6, "甲乙")), None);
    }
}
