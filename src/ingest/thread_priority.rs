//! Thread priority: threads that work in bulk leave the cores to those that the user waits for.

/// How much a thread leaves to others, as `nice` counts it.
#[derive(Debug, Clone, Copy)]
pub enum Priority {
    /// The user waits for it.
    Normal = 0,
    /// It also commits what the user did, which must not wait for long.
    Low = 5,
    /// It only does what is not urgent.
    Lowest = 19,
}

/// Lowers the priority of the calling thread. Without support by the system, all threads share alike.
pub fn lower_priority(priority: Priority) {
    // Elsewhere than on Linux this would hold for the whole program.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(priority as i32);
    #[cfg(not(target_os = "linux"))]
    let _ = priority;
}
