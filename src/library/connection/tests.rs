//! Migrations, and reading without permission to write.

use tempfile::TempDir;

use super::*;
use crate::article::ArticleId;
use crate::library::Library;
use crate::library::store::Store;

fn place() -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("library.sqlite3");
    (folder, path)
}

fn version_of(connection: &Connection) -> i64 {
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

#[test]
fn migration_keeps_a_copy_of_the_old_file() {
    let (_folder, path) = place();
    let mut connection = writer(&path).unwrap();
    connection.execute("INSERT INTO facts VALUES ('kept', 7)", []).unwrap();
    let known = MIGRATIONS.len() as i64;
    let more = [MIGRATIONS, &["ALTER TABLE facts ADD COLUMN more INTEGER"]].concat();
    migrate(&mut connection, &path, known, &more).unwrap();
    assert_eq!(version_of(&connection), known + 1);
    connection.execute("UPDATE facts SET more = value", []).unwrap();

    let copy = format!("{}.version-{known}", path.display());
    let copy = Connection::open(copy).unwrap();
    let kept: i64 = copy.query_row("SELECT value FROM facts WHERE name = 'kept'", [], |row| row.get(0)).unwrap();
    assert_eq!((kept, version_of(&copy)), (7, known));
    assert!(matches!(writer(&path), Err(Error::Newer { .. })), "and the old program leaves it alone");
}

#[test]
fn migration_by_two_programs_happens_once() {
    let (_folder, path) = place();
    let (mut first, mut second) = (writer(&path).unwrap(), writer(&path).unwrap());
    let known = MIGRATIONS.len() as i64;
    let more = [MIGRATIONS, &["CREATE TABLE more (than INTEGER)"]].concat();
    // Both have seen the old version.
    migrate(&mut first, &path, known, &more).unwrap();
    migrate(&mut second, &path, known, &more).unwrap();
    let copy = Connection::open(format!("{}.version-{known}", path.display())).unwrap();
    assert_eq!((version_of(&copy), version_of(&second)), (known, known + 1));
}

#[test]
fn copy_that_was_interrupted_is_made_again() {
    let (_folder, path) = place();
    let mut connection = writer(&path).unwrap();
    let known = MIGRATIONS.len() as i64;
    let copy = format!("{}.version-{known}", path.display());
    fs::write(format!("{copy}.half"), "the power went").unwrap();
    let more = [MIGRATIONS, &["CREATE TABLE more (than INTEGER)"]].concat();
    migrate(&mut connection, &path, known, &more).unwrap();
    assert_eq!(version_of(&Connection::open(copy).unwrap()), known);
    assert_eq!(
        fs::read_dir(path.parent().unwrap())
            .unwrap()
            .filter(|file| { file.as_ref().is_ok_and(|file| file.file_name().to_string_lossy().ends_with(".half")) })
            .count(),
        0
    );
}

#[test]
fn copy_gets_a_name_that_is_free() {
    let (_folder, path) = place();
    let mut connection = writer(&path).unwrap();
    let known = MIGRATIONS.len() as i64;
    let taken = format!("{}.version-{known}", path.display());
    fs::write(&taken, "mine").unwrap();
    let more = [MIGRATIONS, &["CREATE TABLE more (than INTEGER)"]].concat();
    migrate(&mut connection, &path, known, &more).unwrap();
    assert_eq!(fs::read_to_string(&taken).unwrap(), "mine");
    assert_eq!(version_of(&Connection::open(format!("{taken}-2")).unwrap()), known);
}

#[test]
fn migration_that_fails_changes_nothing() {
    let (_folder, path) = place();
    let mut connection = writer(&path).unwrap();
    let known = MIGRATIONS.len() as i64;
    let more = [MIGRATIONS, &["CREATE TABLE half (way INTEGER); INSERT INTO nowhere VALUES (1)"]].concat();
    assert!(migrate(&mut connection, &path, known, &more).is_err());
    assert_eq!(version_of(&connection), known);
    assert!(connection.prepare("SELECT * FROM half").is_err());
    drop(connection);
    assert!(writer(&path).is_ok());
}

#[test]
fn earlier_versions_are_read_where_they_may_not_be_migrated() {
    for earlier in OLDEST_READABLE as usize..MIGRATIONS.len() {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("library.sqlite3");
        let mut connection = Connection::open(&path).unwrap();
        migrate(&mut connection, &path, 0, &MIGRATIONS[..earlier]).unwrap();
        let sql = "INSERT INTO sources (address, typed, folder, tags, muted, settings)
                   VALUES ('https://coast.example/feed', '', 'News', 'sea', 0, '{}')";
        connection.execute(sql, []).unwrap();
        drop(connection);
        let library = Library::over(Store::open_read_only(&path).unwrap()).unwrap();
        assert_eq!(library.subscriptions().unwrap().len(), 1);
        assert_eq!(library.feed_overview().unwrap().tags.len(), 1);
        assert_eq!(library.all_unplaced().unwrap().len() + library.unplaced(ArticleId(1)).unwrap().len(), 0);
        let changed = library.read(|connection| Ok(connection.execute("DELETE FROM main.sources", [])?));
        assert!(changed.is_err(), "and nothing is written");
    }
}

#[test]
fn version_1_is_not_read_unmigrated() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("library.sqlite3");
    let mut connection = Connection::open(&path).unwrap();
    migrate(&mut connection, &path, 0, &MIGRATIONS[..1]).unwrap();
    drop(connection);
    assert!(matches!(access_mode(&path), Err(Error::ReadOnly)));
}
