//! The measuring is right: who knows the page gets every run, who does
//! nothing gets none, and it does not matter where a repair begins and ends.

use std::ops::Range;
use std::sync::LazyLock;

use zhengben::workshop::{Certainty, Kind, Repair};

use super::judge::{Group, Verdict, judge};
use super::oracle;
use crate::simulate::{self, Choices, Decoder, Garbled};

const TEXT: &str = "发展动力不足，当地居民探索新的致富之路！帮助更多的乡村走出困境。\
    现有“交通不便”，粮食产业的问题？还要进一步观察；这是因为，在幼儿园里，老师们要学习新的方法。\
    《规划》明确：质量[3-4]。总书记说，要建设F(x)模型，重要动力源。报纸上说得很清楚：\
    企业经营困难，减产30%，银行贷款利率为5.8%。（一）掌握、利用；（二）开发ABC产品，节约。";

/// Pages of many kinds.
static PAGES: LazyLock<Vec<Garbled>> = LazyLock::new(|| {
    let mut pages = Vec::new();
    for decoder in [Decoder::Question, Decoder::Drop] {
        for drops in [false, true] {
            for narrow in [false, true] {
                for repeat in [false, true] {
                    let choices = Choices {
                        decoder: Some(decoder),
                        drop_private_use: Some(drops),
                        narrow: Some(narrow),
                        repeat: Some(repeat),
                        ..Choices::default()
                    };
                    let page = |number| simulate::garble(&TEXT.repeat(4), 1, number, &choices);
                    pages.extend((0..10).map(page));
                }
            }
        }
    }
    assert!(pages.iter().map(|page| page.runs.len()).sum::<usize>() > 1000);
    pages
});

/// How many runs are exact, and how many there are.
fn exact(garbled: &Garbled, groups: &[Group]) -> (usize, usize) {
    let of = |group: &Group| group.runs.len();
    let exact = groups
        .iter()
        .filter(|group| group.verdict == Verdict::Exact);
    let all = groups.iter().map(of).sum();
    assert_eq!(all, garbled.runs.len());
    (exact.map(of).sum(), all)
}

fn assert_all_exact(garbled: &Garbled, repairs: &[Repair]) {
    let groups = judge(garbled, repairs).unwrap();
    for group in &groups {
        assert_eq!(group.verdict, Verdict::Exact, "{group:?} {}", garbled.text);
    }
    let (exact, all) = exact(garbled, &groups);
    assert_eq!(exact, all);
}

/// The parts of the text that are neither a survivor, nor a whole gloss, nor
/// within a run.
fn unaccounted(garbled: &Garbled) -> Vec<Range<usize>> {
    let width = |at: usize| garbled.text[at..].chars().next().map_or(0, char::len_utf8);
    let survivors = garbled
        .survivors
        .iter()
        .map(|survivor| survivor.text..survivor.text + width(survivor.text));
    let glosses = garbled.whole_glosses.iter().map(|gloss| gloss.text.clone());
    let runs = garbled.runs.iter().map(|run| run.text.clone());
    let mut parts: Vec<Range<usize>> = survivors.chain(glosses).chain(runs).collect();
    parts.sort_by_key(|part| (part.start, part.end));
    let mut done = 0;
    let mut left = Vec::new();
    for part in parts {
        if part.start > done {
            left.push(done..part.start);
        }
        done = done.max(part.end);
    }
    if done < garbled.text.len() {
        left.push(done..garbled.text.len());
    }
    left
}

#[test]
fn the_account_of_a_page_is_complete() {
    for garbled in PAGES.iter() {
        assert!(unaccounted(garbled).is_empty(), "{}", garbled.text);
    }
}

#[test]
fn perfect_repairs_are_exact() {
    for garbled in PAGES.iter() {
        assert_all_exact(garbled, &oracle(garbled));
    }
}

#[test]
fn no_repair_is_not_exact() {
    for garbled in PAGES.iter() {
        let groups = judge(garbled, &[]).unwrap();
        assert_eq!(exact(garbled, &groups).0, 0);
        assert!(groups.iter().all(|group| group.certainty(&[]).is_none()));
    }
}

/// A repair of a stretch of the text that cuts no run.
fn repair(garbled: &Garbled, text: Range<usize>, characters: Range<usize>) -> Repair {
    let page = garbled.undamaged();
    Repair {
        range: text,
        replacement: page[characters].iter().collect(),
        kind: Kind::Gloss,
        certainty: Certainty::Margin,
        margin: 5.0,
    }
}

#[test]
fn repairs_may_be_wider_than_runs() {
    for garbled in PAGES.iter() {
        // From two characters before each run to one behind it, if no other
        // run is there.
        let mut repairs: Vec<Repair> = Vec::new();
        for run in &garbled.runs {
            let survivors = &garbled.survivors;
            let at = survivors.partition_point(|survivor| survivor.text < run.text.start);
            let before = survivors[..at].iter().rev().nth(1);
            let done = repairs.last().map_or(0, |repair| repair.range.end);
            let (mut text, mut characters) = (run.text.clone(), run.characters.clone());
            if let Some(before) = before
                && before.text >= done
                && before.character + 2 == run.characters.start
            {
                text.start = before.text;
                characters.start = before.character;
            }
            repairs.push(repair(garbled, text, characters));
        }
        assert_all_exact(garbled, &repairs);
    }
}

#[test]
fn a_repair_may_cover_several_runs() {
    for garbled in PAGES.iter() {
        let repairs: Vec<Repair> = garbled
            .runs
            .chunks(3)
            .map(|runs| {
                let (first, last) = (&runs[0], &runs[runs.len() - 1]);
                repair(
                    garbled,
                    first.text.start..last.text.end,
                    first.characters.start..last.characters.end,
                )
            })
            .collect();
        assert_all_exact(garbled, &repairs);
        let groups = judge(garbled, &repairs).unwrap();
        assert_eq!(groups.len(), garbled.runs.len().div_ceil(3));
    }
}

#[test]
fn a_repair_may_leave_out_what_is_right() {
    for garbled in PAGES.iter() {
        let mut repairs = oracle(garbled);
        for repair in &mut repairs {
            // Glosses of the last character are left to the gloss stage.
            let gloss = garbled.whole_glosses.iter().find(|gloss| {
                !gloss.splits
                    && repair.range.contains(&gloss.text.start)
                    && gloss.text.end == repair.range.end
            });
            if let Some(gloss) = gloss {
                repair.range.end = gloss.text.start;
            }
            let text = garbled.text[repair.range.clone()].to_owned();
            if let (Some(old), Some(new)) = (text.chars().next(), repair.replacement.chars().next())
                && old == new
            {
                repair.range.start += old.len_utf8();
                repair.replacement.remove(0);
            }
        }
        assert_all_exact(garbled, &repairs);
    }
}

#[test]
fn a_wrong_repair_is_wrong_and_spoils_no_other() {
    for garbled in PAGES.iter() {
        let mut repairs = oracle(garbled);
        for repair in repairs.iter_mut().step_by(2) {
            repair.replacement.push('錯');
        }
        let groups = judge(garbled, &repairs).unwrap();
        let all = garbled.runs.len();
        assert_eq!(exact(garbled, &groups), (all / 2, all));
    }
}

#[test]
fn a_repair_of_healthy_text_stands_apart() {
    let mut tried = 0;
    for garbled in PAGES.iter() {
        let far = garbled.survivors.windows(5).find(|window| {
            window
                .windows(2)
                .all(|pair| pair[0].character + 1 == pair[1].character)
        });
        let Some(window) = far else { continue };
        let text = window[2].text..window[3].text;
        let mut repairs = oracle(garbled);
        let edit = Repair {
            range: text.start..text.start,
            replacement: "□".to_owned(),
            kind: Kind::Hidden,
            certainty: Certainty::Lost,
            margin: 0.0,
        };
        let at = repairs.partition_point(|repair| repair.range.end <= text.start);
        repairs.insert(at, edit);
        let groups = judge(garbled, &repairs).unwrap();
        assert_eq!(exact(garbled, &groups).0, garbled.runs.len());
        let healthy: Vec<&Group> = groups
            .iter()
            .filter(|group| group.runs.is_empty())
            .collect();
        assert_eq!(healthy.len(), 1);
        assert_eq!(healthy[0].verdict, Verdict::Wrong);
        assert_eq!(healthy[0].certainty(&repairs), Some(Certainty::Lost));
        tried += 1;
    }
    assert!(tried > 100);
}

#[test]
fn taking_out_a_gloss_is_harmless() {
    let page = PAGES
        .iter()
        .find(|page| page.runs.is_empty() || !page.whole_glosses.is_empty());
    let garbled = page.unwrap();
    let apart = garbled.whole_glosses.iter().find(|gloss| {
        let touches = |run: &simulate::Run| {
            run.text.start <= gloss.text.end && gloss.text.start <= run.text.end
        };
        !garbled.runs.iter().any(touches)
    });
    let edit = Repair {
        range: apart.unwrap().text.clone(),
        replacement: String::new(),
        kind: Kind::Gloss,
        certainty: Certainty::Certain,
        margin: 9.0,
    };
    let groups = judge(garbled, &[edit]).unwrap();
    let healthy = groups.iter().find(|group| group.runs.is_empty()).unwrap();
    assert_eq!(healthy.verdict, Verdict::Exact);
}

#[test]
fn what_vanished_can_be_put_back_on_either_side_of_its_like() {
    // Of 啊啊, the first has vanished; the second one is doubled.
    let page = Choices {
        drop_private_use: Some(true),
        ..Choices::default()
    };
    let mut garbled = simulate::garble("好啊啊好", 1, 0, &page);
    garbled.text = "好啊好".to_owned();
    garbled.whole_glosses.clear();
    let survivor = |index: usize, character| {
        let mut survivor = garbled.survivors[index];
        (survivor.text, survivor.character) = (index * 3, character);
        survivor
    };
    garbled.survivors = vec![survivor(0, 0), survivor(1, 2), survivor(2, 3)];
    garbled.runs = vec![simulate::Run {
        text: 3..3,
        characters: 1..2,
        kinds: vec![simulate::Kind::PrivateUse],
        lost: vec![0xB0, 0xA1],
        unnamed: 2,
    }];
    let insertion = |at| Repair {
        range: at..at,
        replacement: "啊".to_owned(),
        kind: Kind::Hidden,
        certainty: Certainty::Weak,
        margin: 1.0,
    };
    assert_all_exact(&garbled, &[insertion(3)]);
    assert_all_exact(&garbled, &[insertion(6)]);
}

#[test]
fn misplaced_repairs_are_refused() {
    let garbled = &PAGES[0];
    let first = repair(garbled, 0..3, 0..1);
    assert!(judge(garbled, &[first.clone(), first]).is_err());
    let inside = repair(garbled, 0..1, 0..1);
    assert!(judge(garbled, &[inside]).is_err());
}
