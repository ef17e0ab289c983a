//! Paths whose names are not UTF-8, in JSON, which holds no other text.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, percent_encode};

/// What is encoded besides bytes that are not ASCII.
const ENCODED: &AsciiSet = &CONTROLS.add(b'%');

/// Returns the bytes of a path, percent-encoded (RFC 3986, 2.1); `None` where it is UTF-8, and needs no encoding.
pub fn encode(path: &Path) -> Option<String> {
    path.to_str().is_none().then(|| percent_encode(path.as_os_str().as_bytes(), ENCODED).to_string())
}

/// Returns the path with the bytes that [`encode`] wrote.
pub fn decode(encoded: &str) -> PathBuf {
    PathBuf::from(OsString::from_vec(percent_decode_str(encoded).collect()))
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use super::*;

    #[test]
    fn path_of_any_bytes_comes_back() {
        for bytes in [&b"/news/d\xe9"[..], b"/a%41/\xff\n\x1b ", b"/\xc3"] {
            let path = Path::new(OsStr::from_bytes(bytes));
            let encoded = encode(path).unwrap();
            assert!(encoded.is_ascii() && !encoded.contains(char::is_control), "{encoded}");
            assert_eq!(decode(&encoded), path);
        }
        assert_eq!(encode(Path::new("/news/dé%41")), None);
    }
}
