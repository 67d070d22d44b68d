//! The thread that keeps the records of a generation.
//!
//! An engine takes its time to open, to reach the disk and to close. On a thread of its own it does so
//! while the program works on what is to be kept, and on the rest of the published file.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{Builder, JoinHandle};

use super::error::StoreError;
use super::keep::Parcel;
use super::records::Records;
use super::sheet::Sheet;

/// Makes empty records in a folder that is not there yet.
pub(super) type Engine =
    dyn Fn(&Path) -> Result<Box<dyn Records>, StoreError> + Send + Sync + 'static;

/// The published file, as far as it is written.
pub(super) type Begun = Sheet<BufWriter<File>>;

/// Keeps one parcel. Dropped, it waits until the records are closed.
pub(super) struct Keeper {
    parcels: Option<Sender<Parcel>>,
    thread: Option<JoinHandle<Result<Option<Begun>, StoreError>>>,
}

impl Keeper {
    /// Opens records in `folder`, for a published file that will be `file`, and returns once they are
    /// open or could not be opened: an engine that starts threads may let them wait for each other
    /// without sleeping, which whatever else runs would prolong. What fails is told by
    /// [`Keeper::close`].
    pub(super) fn open(
        engine: Arc<Engine>,
        folder: PathBuf,
        file: PathBuf,
    ) -> Result<Self, StoreError> {
        let (parcels, received) = channel();
        let (opening, opened) = channel::<()>();
        let place = folder.clone();
        let work = move || {
            let records = engine(&folder);
            drop(opening);
            keep(&mut *records?, &received, &file)
        };
        let thread = Builder::new().name("records".to_owned()).spawn(work);
        let thread = thread.map_err(StoreError::io("start a thread for", &place))?;
        // Nothing is sent: it ends when the other end is dropped.
        let _ = opened.recv();
        Ok(Keeper {
            parcels: Some(parcels),
            thread: Some(thread),
        })
    }

    /// Hands over what is to be kept.
    pub(super) fn hand_over(&mut self, parcel: Parcel) {
        if let Some(parcels) = self.parcels.take() {
            // A thread that is there no more has failed, and `close` will say why.
            let _ = parcels.send(parcel);
        }
    }

    /// Returns once the parcel would survive a loss of power, with the published file as far as it is
    /// written; `None` where no parcel was handed over.
    pub(super) fn close(mut self) -> Result<Option<Begun>, StoreError> {
        self.parcels = None;
        let ended = self.thread.take().map_or(Ok(Ok(None)), JoinHandle::join);
        ended.unwrap_or_else(|defect| std::panic::resume_unwind(defect))
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.parcels = None;
        // What went wrong matters no more.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

/// What the thread does once the records are open.
fn keep(
    records: &mut dyn Records,
    parcels: &Receiver<Parcel>,
    file: &Path,
) -> Result<Option<Begun>, StoreError> {
    let Ok(parcel) = parcels.recv() else {
        return Ok(None);
    };
    parcel.put(records)?;
    let failed = |e| StoreError::io("write", file)(e);
    let out = BufWriter::new(File::create_new(file).map_err(failed)?);
    let mut sheet = parcel.begin(records, out, file)?;
    records.flush()?;
    // What is on the disk now need not be waited for at the end.
    let written = sheet.flushed()?.get_ref().sync_data();
    written.map_err(failed)?;
    Ok(Some(sheet))
}
