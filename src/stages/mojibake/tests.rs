use super::*;
use crate::edit::{Safety, apply};

fn proposals(text: &str) -> Vec<Proposal> {
    let view = View::plain(text);
    let mut proposals = Vec::new();
    let mut evidence = Evidence::default();
    MojibakeStage.observe(view, &mut evidence);
    MojibakeStage.propose(view, &evidence, &mut proposals);
    proposals
}

/// What the safe edits make of a text.
fn restored(text: &str) -> String {
    let mut safe = proposals(text);
    safe.retain(|proposal| proposal.cause.safety == Safety::Safe);
    apply(text, &safe)
}

fn read_as(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> String {
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

#[test]
fn lines_come_back_whole() {
    let text = "村里的老人说，这座桥是他们年轻时一起修的。";
    let (gbk, _, _) = encoding_rs::GBK.encode(text);
    for encoding in [
        encoding_rs::WINDOWS_1252,
        encoding_rs::MACINTOSH,
        encoding_rs::WINDOWS_1250,
    ] {
        let utf8 = read_as(encoding, text.as_bytes());
        assert_eq!(restored(&utf8), text, "{utf8}");
        let gbk = read_as(encoding, &gbk);
        assert_eq!(restored(&gbk), text, "{gbk}");
    }
    let garbled = read_as(encoding_rs::GBK, text.as_bytes());
    assert_eq!(restored(&garbled), text, "{garbled}");
}

#[test]
fn a_part_of_a_line_comes_back() {
    let text = "他说：“桥修好了，大家都来看。”后来呢？";
    let garbled = read_as(encoding_rs::WINDOWS_1252, "大家都来看".as_bytes());
    assert_eq!(restored(&text.replace("大家都来看", &garbled)), text);
    let garbled = read_as(encoding_rs::GBK, "大家都来".as_bytes());
    assert_eq!(restored(&text.replace("大家都来", &garbled)), text);
}

#[test]
fn the_mechanism_is_named() {
    let found = proposals("浣犲ソ");
    let [proposal] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!(&*proposal.cause.reason, "UTF-8 read as GBK");
    assert_eq!(proposal.replacement, "你好");
}

#[test]
fn a_byte_of_gbk_is_lost() {
    let text = "如果第二?龆丝诤糯笥诘谝桓觯";
    assert_eq!(restored(text), "如果第二?端口号大于第一个");
    let marked: Vec<_> = proposals(text)
        .into_iter()
        .filter(|p| p.cause.safety != Safety::Safe)
        .collect();
    assert_eq!(marked.len(), 1);
    assert_eq!(marked[0].replacement, "个");
}

#[test]
fn bytes_of_gbk_are_read_on_behind_a_lost_one() {
    let text = "老人们每天都在桥头下棋聊天，孩子们在旁边听故事。";
    let (bytes, _, _) = encoding_rs::GBK.encode(text);
    for lost in [8, 9, 14, 21] {
        let mut bytes = bytes.to_vec();
        bytes.remove(lost);
        let pieces = resynchronise(&bytes).expect("it is GBK");
        let known: String = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Lost { .. } => "□".to_owned(),
            })
            .collect();
        let mut expected: Vec<char> = text.chars().collect();
        expected[lost / 2] = '□';
        assert_eq!(known, expected.into_iter().collect::<String>());
    }
}

#[test]
fn what_is_gone_is_only_reported() {
    for text in [
        "锟斤拷锟斤拷锟斤拷",
        "烫烫烫烫烫烫烫烫",
        "????? ???? ??",
        "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}ʱ",
    ] {
        let found = proposals(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!(found[0].cause.safety, Safety::Display);
    }
    for text in [
        "讨论锟斤拷是怎么来的",
        "真的????",
        "“锟斤拷锟斤拷”是什么",
        "烫烫烫，快吹一吹",
    ] {
        assert_eq!(proposals(text), [], "{text}");
    }
}

#[test]
fn a_long_line_is_restored_in_parts() {
    let text = "村里的老人说，这座桥是他们年轻时一起修的，后来大水冲走了两个桥墩。".repeat(100);
    let garbled = read_as(encoding_rs::GBK, text.as_bytes());
    let restored = restored(&garbled);
    let same = restored
        .chars()
        .zip(text.chars())
        .take_while(|(a, b)| a == b);
    let place = same.count();
    let rest: String = restored.chars().skip(place).take(20).collect();
    // The last mark has lost a byte, and shares one with the character before it:
    // whether it is filled in does not matter here.
    let least = text.chars().count() - 2;
    assert!(place >= least, "from character {place} on: {rest}");
}

#[test]
fn what_stays_garbled_is_closed_to_other_stages() {
    // Extractors have dropped what cannot be seen, and 鐨 would become 镄.
    let text = "村口的老桥修好了，孩子们的书包都干了。";
    let garbled = read_as(encoding_rs::GBK, text.as_bytes());
    let private = |c: &char| !('\u{E000}'..='\u{F8FF}').contains(c);
    let garbled: String = garbled.chars().filter(private).collect();
    assert!(garbled.contains('鐨'));
    let text = format!("這座橋是他們修的。\n{garbled}");
    let cleaned = crate::Cleaner::new().clean(text.as_str());
    let (clean, rest) = cleaned.text().split_once('\n').expect("two lines");
    assert_eq!(clean, "这座桥是他们修的。");
    let kept: String = garbled.chars().take(8).collect();
    assert!(rest.starts_with(&kept), "{rest}");
}
