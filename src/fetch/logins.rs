//! Logins: which of those in the configuration is for an address, and its password, which its command writes once.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use url::Url;

use super::password_command::{self, Password, PasswordError};
use crate::user::Login;

/// The logins of the configuration, with the passwords that their commands wrote in this run of the program. Passwords are
/// kept in memory alone. All clones are one.
#[derive(Clone, Default)]
pub struct Logins(Arc<Known>);

#[derive(Default)]
struct Known {
    all: Mutex<Vec<Arc<KeptLogin>>>,
    has_ended: AtomicBool,
}

/// A login, and its password once that is known.
pub(super) struct KeptLogin {
    pub login: Login,
    /// Held while the command runs, so that many that need it run it once.
    password: Mutex<Option<Arc<Password>>>,
}

impl Logins {
    /// These hold.
    pub fn new(logins: Vec<Login>) -> Self {
        let all = Self::default();
        all.set(logins);
        all
    }

    /// These hold from now on. The password of one that is as it was is kept.
    pub fn set(&self, logins: Vec<Login>) {
        let mut all = lock(&self.0.all);
        let kept = |login: Login| {
            let known = all.iter().find(|known| known.login == login).map(Arc::clone);
            known.unwrap_or_else(|| Arc::new(KeptLogin { login, password: Mutex::default() }))
        };
        *all = logins.into_iter().map(kept).collect();
    }

    /// Ends the commands that run, and lets none begin: the program ends.
    pub fn shut_down(&self) {
        self.0.has_ended.store(true, Ordering::Relaxed);
        let all = lock(&self.0.all).clone();
        // Held until its command has ended.
        for login in all {
            drop(lock(&login.password));
        }
    }

    fn has_ended(&self) -> bool {
        self.0.has_ended.load(Ordering::Relaxed)
    }

    /// The login for an address: of several the one that says most closely where it holds.
    fn at(&self, url: &Url) -> Option<Arc<KeptLogin>> {
        let all = lock(&self.0.all);
        all.iter().rev().filter(|kept| kept.login.covers(url)).max_by_key(|kept| kept.login.depth()).cloned()
    }
}

impl fmt::Debug for Logins {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(lock(&self.0.all).iter().map(|kept| &kept.login)).finish()
    }
}

/// What one client, in one refresh, has asked of the logins. All clones are one.
#[derive(Clone, Default)]
pub(super) struct LoginRound {
    logins: Logins,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// What was asked of one login.
struct Asked {
    of: Arc<KeptLogin>,
    /// Its command is not run again in this round.
    failed: Option<PasswordError>,
    /// A server refused the password, and the command was run again.
    is_renewed: bool,
}

impl LoginRound {
    pub fn new(logins: Logins) -> Self {
        Self { logins, asked: Arc::default() }
    }

    /// The login for an address.
    pub fn at(&self, url: &Url) -> Option<Arc<KeptLogin>> {
        self.logins.at(url)
    }

    /// The password of a login, from its command if it is not known yet. Where a server `refused` one, another one, for
    /// which the command is run once in this round; nothing where there is none.
    pub fn password(
        &self,
        of: &Arc<KeptLogin>,
        refused: Option<&Arc<Password>>,
        limit: Duration,
        is_cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Arc<Password>>, PasswordError> {
        let mut password = lock(&of.password);
        if let Some(known) =
            password.as_ref().filter(|known| refused.is_none_or(|refused| !Arc::ptr_eq(refused, known)))
        {
            return Ok(Some(Arc::clone(known)));
        }
        {
            let mut asked = lock(&self.asked);
            let asked = Self::asked(&mut asked, of);
            if let Some(error) = &asked.failed {
                return Err(error.clone());
            }
            if refused.is_some() && std::mem::replace(&mut asked.is_renewed, true) {
                return Ok(None);
            }
        }
        let is_over = || is_cancelled() || self.logins.has_ended();
        match password_command::run(of.login.password_command(), limit, &is_over) {
            Ok(same) if refused.is_some_and(|refused| **refused == same) => Ok(None),
            Ok(written) => Ok(Some(Arc::clone(password.insert(Arc::new(written))))),
            Err(error) => {
                Self::asked(&mut lock(&self.asked), of).failed = Some(error.clone());
                Err(error)
            }
        }
    }

    fn asked<'a>(all: &'a mut Vec<Asked>, of: &Arc<KeptLogin>) -> &'a mut Asked {
        let at = all.iter().position(|asked| Arc::ptr_eq(&asked.of, of)).unwrap_or_else(|| {
            all.push(Asked { of: Arc::clone(of), failed: None, is_renewed: false });
            all.len() - 1
        });
        &mut all[at]
    }
}

fn lock<T>(what: &Mutex<T>) -> MutexGuard<'_, T> {
    what.lock().unwrap_or_else(PoisonError::into_inner)
}
