//! Who says that a block is final.

use crate::{Header, Justification};
use codec::{Decode, Encode};
use sp_consensus_grandpa::{AuthorityId, AuthorityList, AuthoritySignature, Message, Precommit, SetId};
use sp_core::{Pair, ed25519};
use sp_keyring::Ed25519Keyring;
use sp_runtime::traits::Header as _;

/// The round in which everything is finalised.
const ROUND: u64 = 1;

/// An authority set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finalizer {
	/// Its members, each with one vote.
	pub voters: AuthorityList,
	/// Its number.
	pub set_id: SetId,
}

impl Finalizer {
	/// A set of authorities.
	pub fn new(voters: AuthorityList, set_id: SetId) -> Self {
		Self { voters, set_id }
	}

	/// How many of them have to sign: more than two thirds.
	pub fn threshold(&self) -> usize {
		self.voters.len() - (self.voters.len() - 1) / 3
	}

	/// What proves that a header is final: as many signatures as needed and no more. `keys` are those of members that are
	/// in no keyring.
	pub fn justify(&self, header: &Header, keys: &[ed25519::Pair]) -> Justification {
		let pairs = Ed25519Keyring::iter()
			.map(|key| key.pair())
			.chain(keys.iter().cloned());
		let known: Vec<ed25519::Pair> = pairs.collect();
		let signers: Vec<_> = self
			.voters
			.iter()
			.filter_map(|(voter, _)| {
				known
					.iter()
					.find(|pair| AuthorityId::from(pair.public()) == *voter)
			})
			.take(self.threshold())
			.cloned()
			.collect();
		assert_eq!(
			signers.len(),
			self.threshold(),
			"the keys of the authorities are known"
		);
		justify(header, &signers, self.set_id)
	}
}

/// What these say of a header, as members of a set of this number.
pub fn justify(header: &Header, signers: &[ed25519::Pair], set_id: SetId) -> Justification {
	let precommit = Precommit::<Header> {
		target_hash: header.hash(),
		target_number: *header.number(),
	};
	let payload = sp_consensus_grandpa::localized_payload(
		ROUND,
		set_id,
		&Message::<Header>::Precommit(precommit.clone()),
	);
	let precommits = signers
		.iter()
		.map(|pair| {
			let signature = AuthoritySignature::from(pair.sign(&payload));
			let signed = (&precommit, signature, AuthorityId::from(pair.public())).encode();
			Decode::decode(&mut &signed[..]).unwrap()
		})
		.collect();
	Justification {
		round: ROUND,
		commit: sp_consensus_grandpa::Commit::<Header> {
			target_hash: precommit.target_hash,
			target_number: precommit.target_number,
			precommits,
		},
		votes_ancestries: vec![],
	}
}
