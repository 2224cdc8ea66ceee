//! Which kind of text a document is, as far as it says whether somebody has spun it.
//!
//! What spinners take up are pages of their own day. Words that authors of today hardly
//! write are everywhere in old texts, and authors have habits that no table of today's
//! words knows of: the longer a text is, the more of them it shows.

use crate::stages::script::language;

/// What authors' habits may say for spinning, in nats by Han character, up to that of
/// three thousand: few new ones come then.
///
/// Of documents for tuning in which a spinner has replaced all that its family lists, half
/// of the places or half of the words, this costs 1.5 of 63 % of the words that come back
/// (with 0.006 it is 1.3, with 0.004 and at most 20 it is 0.9, without 的 and old words 0.1
/// less): those of documents that show a few words only. A spinner's work shows ten times
/// as much. Of these, the one that leaves less than one wrong edit in a million characters
/// of docs/clean-text.md.
const HABITS: f32 = 0.008;
const HABITS_AT_MOST: f32 = 24.0;

/// The word that today's Chinese cannot do without, and how much of a text it is at least,
/// as a share of the Han characters: of spun documents for tuning 95 % have more.
const TODAY: char = '的';
const LEAST_TODAY: f32 = 0.012;

/// Words of Chinese before our day, as single characters of both scripts, without those
/// that statutes and officials still write.
const OLD: &str = "矣焉哉曰兮吾汝尔爾乃耳遂俺咱恁孰";

/// How many of these and of 的 are old: in a page of today, and in an old text.
const OLD_TODAY: f32 = 0.1;
const OLD_THEN: f32 = 0.5;

/// What the kind of text adds to the log-odds that somebody has spun it, in nats; never
/// more than nothing.
pub(super) fn says(text: &str) -> f32 {
    let (mut han, mut old, mut today) = (0_u32, 0_u32, 0_u32);
    for character in text.chars().filter(|c| is_han(*c)) {
        han += 1;
        if character == TODAY {
            today += 1;
        } else if OLD.contains(character) {
            old += 1;
        }
    }
    let [han, old, today] = [han, old, today].map(|count| count as f32);
    let by_old = (OLD_TODAY / OLD_THEN).ln();
    let by_today = ((1.0 - OLD_TODAY) / (1.0 - OLD_THEN)).ln();
    let age = (old * by_old + today * by_today).min(0.0);
    let habits = (han * HABITS).min(HABITS_AT_MOST);
    age + too_few(today, LEAST_TODAY * han) - habits
}

/// How much less likely so few are where at least so many are to be expected than where
/// so few are, in nats, if they come by chance (Poisson).
fn too_few(count: f32, expected: f32) -> f32 {
    if count >= expected {
        return 0.0;
    }
    count * (expected / count.max(1.0)).ln() - (expected - count)
}

/// Whether it is Japanese or Korean, which spinners of Chinese leave alone.
pub(super) fn is_foreign(text: &str) -> bool {
    language::is_foreign_text(text)
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{4E00}'..='\u{9FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_chinese_is_hardly_spun() {
        let old = "吾日三省吾身。汝知之乎？未之闻也，其言善哉！子曰：善矣。";
        let new =
            "学了知识又按时温习它，不是很高兴的事吗？有朋友从很远的地方来，不是很快乐的事吗？";
        assert!(says(old) < -8.0, "{}", says(old));
        assert!(says(new) > -0.5, "{}", says(new));
    }

    #[test]
    fn a_long_text_has_habits() {
        let text = "这里的人都很好。";
        let (short, long) = (says(text), says(&text.repeat(100)));
        assert!((long - 100.0 * short).abs() < 0.01, "{long} {short}");
        assert!((says(&text.repeat(1000)) + HABITS_AT_MOST).abs() < 0.01);
        assert_eq!(says("no Chinese"), 0.0);
    }

    #[test]
    fn lists_of_words_are_no_prose() {
        let text = "搜寻资料夹、选取项目、传输协定、建立帐号、连络人清单。";
        assert!(says(&text.repeat(20)) < 2.0 * says(&"这里的人都很好，他们的话我听。".repeat(30)));
        assert!(too_few(0.0, 5.0) < too_few(3.0, 5.0));
        assert_eq!(too_few(6.0, 5.0), 0.0);
    }

    #[test]
    fn kana_and_hangul_are_foreign() {
        assert!(is_foreign("目次の表示・非表示を切り替え"));
        assert!(is_foreign("야기요단 惹起鬧端"));
        assert!(!is_foreign("这里的人都很好。"));
    }
}
