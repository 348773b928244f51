//! How claims ask the token holders: by referenda of `pallet-democracy`.

use crate::{BlockNumber, Democracy, Hash, Preimage, Runtime, RuntimeCall, RuntimeOrigin};
use frame_support::{
	Twox64Concat, storage_alias,
	traits::{QueryPreimage, StorePreimage},
};
use pallet_claims::{CaseId, Majority, Outcome, Referenda};
use pallet_democracy::{MetadataOwner, ReferendumIndex, ReferendumInfo, ReferendumInfoOf, VoteThreshold};
use sp_runtime::{
	DispatchError,
	traits::{BlakeTwo256, Hash as _},
};

/// Bytes of a question that are kept. What is longer is cut: a case that can never be voted on would be worse.
const MAX_QUESTION: usize = 1_024;
/// Blocks between the counting of the votes and the enactment: democracy needs at least one.
const ENACTMENT_DELAY: BlockNumber = 1;

/// The hash of the question of each referendum that is not forgotten. Democracy keeps it as well, but loses it when the
/// referendum is cancelled, and lets anyone clear it once the votes are counted. The bonds of disputes pay.
#[storage_alias(verbatim)]
type Questions = StorageMap<ReferendaOnClaims, Twox64Concat, ReferendumIndex, Hash>;

/// Referenda of `pallet-democracy`, with the question as metadata in words that wallets show.
pub struct DemocracyReferenda;

impl DemocracyReferenda {
	/// Keeps a question as a preimage that nobody else can take away.
	fn note(question: &[u8]) -> Result<Hash, DispatchError> {
		let question = &question[..question.len().min(MAX_QUESTION)];
		let is_requested = Preimage::is_requested(&BlakeTwo256::hash(question));
		let hash = Preimage::note(question.into())?;
		// Noting counts as a request, but for what is requested already: that would be gone with the first of both.
		if is_requested {
			Preimage::request(&hash);
		}
		Ok(hash)
	}
}

impl Referenda<BlockNumber> for DemocracyReferenda {
	fn start(
		case: CaseId,
		ballot: u32,
		question: &[u8],
		majority: Majority,
	) -> Result<(u32, BlockNumber), DispatchError> {
		// Few enough bytes to stand in the referendum itself.
		let call = Preimage::bound(RuntimeCall::from(pallet_claims::Call::enact { case, ballot }))?;
		let hash = Self::note(question)?;
		let threshold = match majority {
			Majority::Simple => VoteThreshold::SimpleMajority,
			Majority::Super => VoteThreshold::SuperMajorityApprove,
		};
		let referendum = Democracy::internal_start_referendum(call, threshold, ENACTMENT_DELAY);
		let owner = MetadataOwner::Referendum(referendum);
		Democracy::set_metadata(RuntimeOrigin::root(), owner, Some(hash))?;
		Questions::insert(referendum, hash);
		match ReferendumInfoOf::<Runtime>::get(referendum) {
			Some(ReferendumInfo::Ongoing(status)) => Ok((referendum, status.end)),
			_ => Err(DispatchError::Corruption),
		}
	}

	fn outcome(referendum: u32) -> Outcome<BlockNumber> {
		match ReferendumInfoOf::<Runtime>::get(referendum) {
			Some(ReferendumInfo::Ongoing(_)) => Outcome::Ongoing,
			Some(ReferendumInfo::Finished { approved: true, end }) => Outcome::Passed {
				enacted_at: end.saturating_add(ENACTMENT_DELAY),
			},
			Some(ReferendumInfo::Finished { approved: false, .. }) => Outcome::NotPassed,
			None => Outcome::Cancelled,
		}
	}

	fn has_votes(referendum: u32) -> bool {
		match ReferendumInfoOf::<Runtime>::get(referendum) {
			// Not the turnout: that counts tokens too few to make a vote.
			Some(ReferendumInfo::Ongoing(status)) => status.tally.ayes > 0 || status.tally.nays > 0,
			_ => false,
		}
	}

	fn forget(referendum: u32) {
		let owner = MetadataOwner::Referendum(referendum);
		let cleared = Democracy::set_metadata(RuntimeOrigin::root(), owner, None);
		debug_assert!(cleared.is_ok(), "Root may clear any referendum's metadata");
		// A referendum may have taken the request away.
		if let Some(hash) = Questions::take(referendum).filter(Preimage::is_requested) {
			Preimage::unrequest(&hash);
		}
	}
}

#[cfg(test)]
mod tests {
	use super::*;
	use crate::{Balances, System, genesis::DEV, tests::Chain};
	use frame_support::assert_ok;
	use sp_keyring::Sr25519Keyring::Bob;

	/// The text that a hash stands for, while it is kept.
	fn text(hash: &Hash) -> Option<alloc::vec::Vec<u8>> {
		Preimage::fetch(hash, None).ok().map(|text| text.into_owned())
	}

	fn metadata(referendum: u32) -> Option<Hash> {
		pallet_democracy::MetadataOf::<Runtime>::get(MetadataOwner::Referendum(referendum))
	}

	fn start(question: &[u8]) -> u32 {
		DemocracyReferenda::start(7, 3, question, Majority::Simple)
			.unwrap()
			.0
	}

	#[test]
	fn question_is_kept_until_it_is_forgotten() {
		Chain::new(DEV).read(|| {
			let (referendum, ends) = DemocracyReferenda::start(7, 3, b"Was it so?", Majority::Super).unwrap();
			assert_eq!(ends, System::block_number() + 10);
			let hash = metadata(referendum).unwrap();
			assert_eq!(text(&hash).unwrap(), b"Was it so?");
			assert_eq!(DemocracyReferenda::outcome(referendum), Outcome::Ongoing);
			DemocracyReferenda::forget(referendum);
			assert_eq!((metadata(referendum), text(&hash)), (None, None));
			assert!(!Preimage::is_requested(&hash) && !Questions::contains_key(referendum));
			// Again, and what never was.
			DemocracyReferenda::forget(referendum);
			DemocracyReferenda::forget(99);
			assert_eq!(DemocracyReferenda::outcome(99), Outcome::Cancelled);
			assert!(!DemocracyReferenda::has_votes(99));
		});
	}

	#[test]
	fn nothing_is_left_when_democracy_lost_the_question() {
		Chain::new(DEV).read(|| {
			let referendum = start(b"Was it so?");
			let hash = metadata(referendum).unwrap();
			assert_ok!(Democracy::cancel_referendum(RuntimeOrigin::root(), referendum));
			assert_eq!(metadata(referendum), None);
			assert!(text(&hash).is_some());
			DemocracyReferenda::forget(referendum);
			assert_eq!(text(&hash), None);
		});
	}

	#[test]
	fn nothing_breaks_when_a_referendum_took_the_request_away() {
		Chain::new(DEV).read(|| {
			let referendum = start(b"Was it so?");
			let hash = metadata(referendum).unwrap();
			assert_ok!(Preimage::unrequest_preimage(RuntimeOrigin::root(), hash));
			DemocracyReferenda::forget(referendum);
			assert_eq!((metadata(referendum), text(&hash)), (None, None));
		});
	}

	#[test]
	fn question_survives_another_that_reads_the_same() {
		Chain::new(DEV).read(|| {
			let (first, second) = (start(b"Was it so?"), start(b"Was it so?"));
			let hash = metadata(first).unwrap();
			assert_eq!(metadata(second), Some(hash));
			DemocracyReferenda::forget(first);
			assert_eq!(text(&hash).unwrap(), b"Was it so?");
			DemocracyReferenda::forget(second);
			assert_eq!(text(&hash), None);
		});
	}

	#[test]
	fn deposit_is_returned_when_somebody_noted_the_question_before() {
		Chain::new(DEV).read(|| {
			use frame_support::traits::fungible::InspectHold;
			let bob = Bob.to_account_id();
			let signed = || RuntimeOrigin::signed(bob.clone());
			assert_ok!(Preimage::note_preimage(signed(), b"Was it so?".to_vec()));
			assert!(Balances::total_balance_on_hold(&bob) > 0);
			let referendum = start(b"Was it so?");
			let hash = metadata(referendum).unwrap();
			DemocracyReferenda::forget(referendum);
			// It is theirs again, and they have the deposit back when they want to.
			assert!(text(&hash).is_some());
			assert_ok!(Preimage::unnote_preimage(signed(), hash));
			assert_eq!((text(&hash), Balances::total_balance_on_hold(&bob)), (None, 0));

			// While it is needed nobody takes it away.
			assert_ok!(Preimage::note_preimage(signed(), b"Was it so?".to_vec()));
			let referendum = start(b"Was it so?");
			assert_ok!(Preimage::unnote_preimage(signed(), hash));
			assert!(text(&hash).is_some());
			assert!(Preimage::unnote_preimage(signed(), hash).is_err());
			DemocracyReferenda::forget(referendum);
			assert_eq!((text(&hash), Balances::total_balance_on_hold(&bob)), (None, 0));
		});
	}

	#[test]
	fn question_is_cut_when_it_is_too_long() {
		Chain::new(DEV).read(|| {
			let referendum = start(&[b'x'; 5_000]);
			assert_eq!(text(&metadata(referendum).unwrap()).unwrap().len(), MAX_QUESTION);
		});
	}

	#[test]
	fn vote_counts_when_it_weighs_something() {
		Chain::new(DEV).read(|| {
			use pallet_democracy::{AccountVote, Conviction, Vote};
			let referendum = start(b"Was it so?");
			let vote = |balance| {
				let vote = Vote {
					aye: false,
					conviction: Conviction::None,
				};
				assert_ok!(Democracy::vote(
					RuntimeOrigin::signed(Bob.to_account_id()),
					referendum,
					AccountVote::Standard { vote, balance }
				));
			};
			assert!(!DemocracyReferenda::has_votes(referendum));
			// A tenth of it is nothing.
			vote(9);
			assert!(!DemocracyReferenda::has_votes(referendum));
			vote(10);
			assert!(DemocracyReferenda::has_votes(referendum));
		});
	}
}
