//! Logins: where on the web one holds, and the command that writes its password.

use std::fmt;

use url::{Host, Url};

use crate::text::clean_line;

/// A login of the configuration. The password is not in it: its command writes that.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    at: Url,
    user: String,
    password_command: Vec<String>,
}

impl Login {
    /// A login for all that lies at the origin of `at` under its path.
    ///
    /// # Errors
    ///
    /// What is wrong with the place, and what is right.
    pub fn new(at: Url, user: String, password_command: Vec<String>) -> Result<Self, String> {
        const SHAPE: &str = "at is an address such as \"https://wire.example/feeds/\"";
        let is_open = match at.scheme() {
            "https" => false,
            "http" => true,
            other => return Err(format!("{SHAPE}, not one of {}:", clean_line(other))),
        };
        if is_open && !is_loopback(&at) {
            return Err("at is an address of https: http would send the password in the open".to_owned());
        }
        if !at.username().is_empty() || at.password().is_some() {
            return Err("at has a user or password in it: the user stands in user = \"…\"".to_owned());
        }
        if at.query().is_some() || at.fragment().is_some() {
            return Err("at ends with the path: without ? and #".to_owned());
        }
        Ok(Self { at, user, password_command })
    }

    /// The name of the user.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// The program that writes the password, with its arguments.
    pub fn password_command(&self) -> &[String] {
        &self.password_command
    }

    /// Whether it is for the same place as another.
    pub fn shares_place(&self, other: &Self) -> bool {
        self.covers(&other.at) && other.covers(&self.at)
    }

    /// Whether it is for an address: of its origin, and under its path, by whole segments.
    pub fn covers(&self, url: &Url) -> bool {
        let is_same_origin = self.at.scheme() == url.scheme()
            && self.at.host() == url.host()
            && self.at.port_or_known_default() == url.port_or_known_default();
        let rest = url.path().strip_prefix(self.path());
        is_same_origin && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// How closely it says where it holds: of several that cover an address, the one with the longest path is for it.
    pub fn depth(&self) -> usize {
        self.path().len()
    }

    /// The path without a slash at the end.
    fn path(&self) -> &str {
        self.at.path().trim_end_matches('/')
    }
}

/// Without the arguments of the command, in which there may be a secret.
impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Login")
            .field("at", &self.at.as_str())
            .field("user", &self.user)
            .field("program", &self.password_command.first())
            .finish_non_exhaustive()
    }
}

/// Whether what is sent to a host stays inside this computer.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn login(at: &str) -> Result<Login, String> {
        Login::new(Url::parse(at).unwrap(), "anna".to_owned(), vec!["pass".to_owned(), "hush-hush".to_owned()])
    }

    #[test]
    fn login_covers_its_origin_and_whole_segments_of_its_path() {
        let covers = |at: &str, url: &str| login(at).unwrap().covers(&Url::parse(url).unwrap());
        for at in ["https://wire.example/feeds/", "https://wire.example:443/feeds"] {
            for url in [
                "https://wire.example/feeds",
                "https://wire.example/feeds/",
                "https://WIRE.example:443/feeds/a/b.xml?c=d",
                "https://wire.example/x/../feeds/a",
            ] {
                assert!(covers(at, url), "{at} {url}");
            }
            for url in [
                "https://wire.example/",
                "https://wire.example/feedsx",
                "https://wire.example/feeds/../private",
                "https://wire.example/feeds/%2e%2e/private",
                "https://wire.example:8443/feeds/",
                "http://wire.example/feeds/",
                "https://wire.example.evil.example/feeds/",
                "https://evil.example/feeds/",
                "https://evil.example/https://wire.example/feeds/",
            ] {
                assert!(!covers(at, url), "{at} {url}");
            }
        }
        assert!(covers("https://wire.example", "https://wire.example/anything"));
        assert!(covers("http://[::1]:8000/", "http://[::1]:8000/feed"));
    }

    #[test]
    fn place_of_a_login_is_secure() {
        for good in ["https://a.example/", "http://127.0.0.1:8000/", "http://127.8.9.1/", "http://localhost/"] {
            assert!(login(good).is_ok(), "{good}");
        }
        for bad in [
            "http://a.example/",
            "http://192.168.0.1/",
            "http://localhost.example/",
            "ftp://a.example/",
            "https://me:pw@a.example/",
            "https://a.example/?q",
            "https://a.example/#top",
        ] {
            assert!(login(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn arguments_of_the_command_are_not_in_debug_output() {
        let debug = format!("{:?}", login("https://a.example/").unwrap());
        assert!(debug.contains("pass") && !debug.contains("hush"), "{debug}");
    }
}
