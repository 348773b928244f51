//! What can go wrong, by what is to be done about it.

use std::fmt;

/// An error.
#[derive(Debug)]
pub enum Error {
	/// A node cannot be reached or went away: connect again.
	Connection {
		/// Which node.
		node: String,
		/// Why.
		reason: String,
	},
	/// A node refused to answer: ask again later.
	Answer {
		/// Which node.
		node: String,
		/// What it was asked.
		method: String,
		/// The error's number.
		code: i32,
		/// What it said.
		message: String,
	},
	/// What came cannot be used: ask again later.
	Unusable(String),
	/// Nothing that time heals: a person has to do something.
	Fatal(String),
}

impl Error {
	/// Whether the connection is of no use any more.
	pub fn ends_connection(&self) -> bool {
		matches!(self, Self::Connection { .. } | Self::Fatal(_))
	}

	/// Whether the node said no, rather than being away.
	pub fn is_answer(&self) -> bool {
		matches!(self, Self::Answer { .. })
	}
}

impl fmt::Display for Error {
	fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
		match self {
			Self::Connection { node, reason } => write!(f, "no connection to the {node} node: {reason}"),
			Self::Answer {
				node,
				method,
				code,
				message,
			} => write!(f, "the {node} node refused {method}: {message} ({code})"),
			Self::Unusable(text) | Self::Fatal(text) => f.write_str(text),
		}
	}
}

impl std::error::Error for Error {}
