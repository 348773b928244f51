//! What is read here is what Lutine's pallets write: the same bytes, under the same keys.

use super::*;
use crate::proofs::{ItemRecord, PolicyRecord, TermsRecord};
use codec::{DecodeAll, Encode};
use frame_support::{BoundedBTreeMap, traits::ConstU32};
use pallet_nfts::{ItemDeposit, ItemDetails};
use sp_io::hashing::{blake2_128, twox_64, twox_128};

/// The same policy as `pallet-cover` has it.
fn theirs(ours: &PolicyRecord) -> pallet_cover::Policy<AccountId32> {
	let TermsRecord {
		claim_window,
		deductible,
		optimistic_limit,
		cancellation_fee,
	} = ours.terms;
	pallet_cover::Policy {
		product: ours.product,
		asset: ours.asset.clone(),
		amount: ours.amount,
		awarded: ours.awarded,
		renewed: ours.renewed,
		net_premium: ours.net_premium,
		commission: ours.commission,
		broker: ours.broker.clone(),
		bought: ours.bought,
		start: ours.start,
		end: ours.end,
		allocations: ours.allocations.clone(),
		terms: pallet_cover::Terms {
			claim_window,
			deductible,
			optimistic_limit,
			cancellation_fee,
		},
		item: ours.item.clone(),
		buyer: ours.buyer.clone(),
		deposit: ours.deposit,
		claim_open: ours.claim_open,
		cancelled: ours.cancelled,
	}
}

#[test]
fn policies_are_the_bytes_that_cover_stores() {
	let changes: [fn(&mut PolicyRecord); 4] = [
		|_| {},
		|policy| policy.asset = lutine_primitives::insurance::AssetId::Native,
		|policy| policy.broker = None,
		|policy| (policy.claim_open, policy.cancelled) = (true, true),
	];
	for change in changes {
		let mut ours = policy();
		change(&mut ours);
		let bytes = theirs(&ours).encode();
		assert_eq!(PolicyRecord::decode_all(&mut &bytes[..]), Ok(ours));
	}
}

#[test]
fn states_are_those_that_cover_tells() {
	use pallet_cover::State as Theirs;
	let end = policy().end;
	let changes: [fn(&mut PolicyRecord); 4] = [
		|_| {},
		|policy| policy.awarded = policy.amount,
		|policy| policy.cancelled = true,
		|policy| policy.amount = 0,
	];
	for change in changes {
		for time in [0, end - 1, end, end + 1] {
			let mut ours = policy();
			change(&mut ours);
			let expected = match theirs(&ours).state(time) {
				Theirs::Active => State::Active,
				Theirs::Expired => State::Expired,
				Theirs::Cancelled => State::Cancelled,
				Theirs::Exhausted => State::Exhausted,
			};
			let certificate = ours.certificate(HOLDER, 1, time);
			assert_eq!(certificate.state, expected);
			assert_eq!(certificate.left(), theirs(&ours).left());
		}
	}
}

#[test]
fn items_are_the_bytes_that_nfts_stores() {
	type Approvals = BoundedBTreeMap<AccountId32, Option<BlockNumber>, ConstU32<20>>;
	let ours = item(HOLDER);
	let details = ItemDetails {
		owner: ours.owner.clone(),
		approvals: Approvals::try_from(ours.approvals.clone()).unwrap(),
		deposit: ItemDeposit {
			account: ours.deposit.0.clone(),
			amount: ours.deposit.1,
		},
	};
	assert_eq!(ItemRecord::decode_all(&mut &details.encode()[..]), Ok(ours));
}

#[test]
fn keys_are_those_of_the_maps() {
	let id = 0x0102_0304_u32;
	let prefix = |pallet: &[u8], item: &[u8]| [twox_128(pallet), twox_128(item)].concat();
	let blake = |bytes: &[u8]| [&blake2_128(bytes)[..], bytes].concat();
	let encoded = id.encode();
	let policy = [
		prefix(b"Cover", b"Policies"),
		twox_64(&encoded).to_vec(),
		encoded.clone(),
	]
	.concat();
	let item = [prefix(b"Nfts", b"Item"), blake(&[0; 4]), blake(&encoded)].concat();
	assert_eq!(
		proofs::keys(id),
		[
			policy,
			item,
			prefix(b"Timestamp", b"Now"),
			prefix(b"Cover", b":__STORAGE_VERSION__:"),
		]
	);
	// The pallet of the time is here too.
	assert_eq!(
		proofs::keys(id)[2],
		pallet_timestamp::Now::<Test>::hashed_key().to_vec()
	);
	assert_eq!(pallet_cover::CERTIFICATES, 0);
}
