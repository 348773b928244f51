//! Log lines on standard error: time, level, what it is about, text.

use chrono::{SecondsFormat, Utc};
use log::{LevelFilter, Log, Metadata, Record};

/// The libraries' own lines are shown from this level up, ours from the one that was asked for.
const OTHERS: LevelFilter = LevelFilter::Warn;
/// What our lines are about. A direction's lines name it.
const OURS: [&str; 4] = ["relay", "node", "transactions", "prometheus"];

struct Lines {
	level: LevelFilter,
}

impl Log for Lines {
	fn enabled(&self, metadata: &Metadata) -> bool {
		let ours = OURS
			.iter()
			.any(|name| metadata.target().split(' ').next() == Some(name));
		metadata.level() <= if ours { self.level } else { self.level.min(OTHERS) }
	}

	fn log(&self, record: &Record) {
		if self.enabled(record.metadata()) {
			let now = Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true);
			eprintln!(
				"{now} {:5} {}: {}",
				record.level(),
				record.target(),
				record.args()
			);
		}
	}

	fn flush(&self) {}
}

/// Begins to log. Once per process.
pub fn start(level: LevelFilter) {
	if log::set_boxed_logger(Box::new(Lines { level })).is_ok() {
		log::set_max_level(level);
	}
}
