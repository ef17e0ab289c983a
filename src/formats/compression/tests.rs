use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn first(mut input: impl Read, most: u64) -> Result<Vec<u8>, ParseError> {
    let (bytes, ended) =
        take(&mut *unpacked(&mut input, None, &Verified::default()).map_err(ParseError::from_reading)?, most)?;
    ended.map(|()| bytes)
}

#[test]
fn compression_is_recognized_by_the_first_bytes() {
    assert_eq!(first(&b"plain"[..], 99).unwrap(), b"plain");
    assert_eq!(first(&*packed(b"packed"), 99).unwrap(), b"packed");
    assert_eq!(first(&*zstd::encode_all(&b"packed"[..], 3).unwrap(), 99).unwrap(), b"packed");
    let two = [packed(b"two "), packed(b"members")].concat();
    assert_eq!(first(&*two, 99).unwrap(), b"two members");
    let frames = [zstd::encode_all(&b"two "[..], 1).unwrap(), zstd::encode_all(&b"frames"[..], 1).unwrap()].concat();
    assert_eq!(first(&*frames, 99).unwrap(), b"two frames");
    assert_eq!(first(&b""[..], 99).unwrap(), b"");
}

/// What stands in the parts of a packed input, and what is wrong between them, in order.
fn parts(bytes: &[u8], name: Option<&str>) -> Vec<String> {
    let mut source = bytes;
    let mut input = unpacked(&mut source, name, &Verified::default()).unwrap();
    let mut all = Vec::new();
    for _ in 0..99 {
        let mut words = Vec::new();
        let read = input.read_to_end(&mut words);
        all.push(String::from_utf8_lossy(&words).into_owned());
        match read {
            Ok(_) => break,
            Err(error) if is_damage(&error) => all.push(format!("({error})")),
            Err(error) => {
                all.push(format!("({error})"));
                break;
            }
        }
    }
    all
}

const STRAY: &str = "(there are bytes that belong to no part of it)";

#[test]
fn padding_is_passed_over_and_other_bytes_are_told() {
    let gzip = packed(b"words");
    let zstd = zstd::encode_all(&b"words"[..], 3).unwrap();
    for member in [&gzip, &zstd] {
        for after in [&[0; 512][..], b"\r\n", &vec![0; 200_000]] {
            assert_eq!(parts(&[member, after].concat(), None), ["words"]);
            let twice = parts(&[member, after, member, after].concat(), None);
            let is_hole = after[0] == 0;
            assert_eq!(twice, if is_hole { vec!["words", STRAY, "words"] } else { vec!["wordswords"] });
        }
        for after in [&b"<!-- cached -->"[..], b"\0\0x", &vec![b'x'; 200_000]] {
            assert_eq!(parts(&[member, after].concat(), None), ["words", STRAY, ""]);
            assert_eq!(parts(&[member, after, member].concat(), None), ["words", STRAY, "words"]);
            let (bytes, ended) =
                take(&mut *unpacked(&mut &*[member, after].concat(), None, &Verified::default()).unwrap(), 99).unwrap();
            assert!(bytes == b"words" && ended.unwrap_err().is_behind_members());
        }
    }
    let skippable = [&zstd, &b"\x50\x2a\x4d\x18\x03\0\0\0abc"[..], &zstd].concat();
    assert_eq!(parts(&skippable, None), ["wordswords"]);
    // As bgzip writes them.
    assert_eq!(first(&*gzip.repeat(20_000), 200_000).unwrap().len(), 100_000);
    let cut = [&gzip, &gzip[..gzip.len() - 9]].concat();
    assert!(matches!(first(&*cut, 99), Err(ParseError::Damaged(_))));
}

#[test]
fn member_whose_beginning_is_damaged_is_lost_alone() {
    let words = |number: u32| format!("{number} {}", "and so on ".repeat(40));
    let zstd = |bytes: &[u8]| zstd::encode_all(bytes, 1).unwrap();
    for (pack, magic, name) in [(&packed as &dyn Fn(&[u8]) -> Vec<u8>, 3, "a.gz"), (&zstd, 4, "a.zst")] {
        for damaged in [0, 2, 4] {
            for byte in 0..magic {
                let mut members: Vec<_> = (0..5).map(|number| pack(words(number).as_bytes())).collect();
                members[damaged][byte] ^= 0x41;
                let found = parts(&members.concat(), Some(name));
                let lost = words(damaged.try_into().unwrap());
                let rest: String = (0..5).map(words).filter(|words| *words != lost).collect();
                let (why, words): (Vec<_>, Vec<_>) = found.into_iter().partition(|part| part.starts_with('('));
                assert_eq!((words.concat(), why.len()), (rest, 1), "{name}: {damaged} {byte}");
            }
        }
    }
}

#[test]
fn damage_loses_no_member_behind_it() {
    // Packed words that are damaged may be read on over the end of their member.
    let mut seed = 7_u32;
    let mut noise = |length: usize| -> Vec<u8> {
        let next = |seed: &mut u32| {
            *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b'a' + (*seed >> 24) as u8 % 20
        };
        (0..length).map(|_| next(&mut seed)).collect()
    };
    for round in 0..60 {
        let plain: Vec<_> = (0..4).map(|_| noise(9_000)).collect();
        let mut members: Vec<_> = plain.iter().map(|words| packed(words)).collect();
        let at = 12 + round * 80;
        members[1][at] ^= 1 << (round % 8);
        let found = parts(&members.concat(), None);
        let words = |index: usize| String::from_utf8(plain[index].clone()).unwrap();
        assert!(found.iter().any(|part| part.starts_with('(')), "{round}");
        assert!(found[0].starts_with(&words(0)), "{round}");
        assert!(found.last().unwrap().ends_with(&(words(2) + &words(3))), "{round}");
    }
}

#[test]
fn slow_source_is_reported_too() {
    struct Slow(Vec<u8>);
    impl Read for Slow {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let some = usize::from(!self.0.is_empty()).min(buffer.len());
            buffer[..some].copy_from_slice(&self.0.drain(..some).collect::<Vec<_>>());
            Ok(some)
        }
    }
    assert_eq!(first(Slow(packed(b"packed")), 99).unwrap(), b"packed");
}

#[test]
fn unpacking_stops_with_reading() {
    let bomb = packed(&vec![b'a'; 1 << 20]);
    assert!(bomb.len() < 4096);
    assert_eq!(first(&*bomb, 4096).unwrap().len(), 4096);
    assert_eq!(first(io::repeat(b'a'), 4096).unwrap().len(), 4096);
}

#[test]
fn gzip_that_lacks_only_its_checksum_is_whole() {
    let whole = packed(b"some words");
    for missing in 1..=8 {
        assert_eq!(first(&whole[..whole.len() - missing], 99).unwrap(), b"some words", "{missing}");
    }
    for at in [1, 5] {
        let mut wrong = whole.clone();
        let end = wrong.len();
        wrong[end - at] ^= 0x55;
        assert!(matches!(first(&*wrong, 99), Err(ParseError::Damaged(_))), "{at}");
    }
    for length in 2..10 {
        assert!(matches!(first(&whole[..length], 99), Err(ParseError::Damaged(_))), "cut in its header: {length}");
    }
}

#[test]
fn words_before_a_cut_are_handed_out_and_the_cut_is_said_again() {
    let words: Vec<u8> = (0..40_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_string().into_bytes()).collect();
    for packed in [packed(&words), zstd::encode_all(&words[..], 3).unwrap()] {
        let mut half = &packed[..packed.len() * 2 / 3];
        let mut input = unpacked(&mut half, None, &Verified::default()).unwrap();
        let (start, ended) = take(&mut *input, 1 << 20).unwrap();
        assert!(words.starts_with(&start) && start.len() > words.len() / 3);
        assert!(ended.is_err() && take(&mut *input, 1).unwrap().1.is_err());
    }
}

#[test]
fn damage_is_named() {
    let mut cut = packed(b"some words that are cut off");
    cut.truncate(cut.len() - 9);
    assert!(matches!(first(&*cut, 99), Err(ParseError::Damaged(_))));
    let mut cut = zstd::encode_all(&b"some words that are cut off"[..], 1).unwrap();
    cut.truncate(cut.len() - 9);
    assert!(matches!(first(&*cut, 99), Err(ParseError::Damaged(_))));
}
