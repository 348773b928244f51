//! Claims: what happened is judged once, and whoever it hit is paid.
//!
//! ## Terms
//! - **incident**: an event on one product, reported by somebody or proven by a feed.
//! - **claim**: one policy's demand under an accepted incident.
//! - **case**: the judging of one incident or claim. It climbs at most three instances: a proposal that stands unless it
//!   is challenged, assessors who vote, token holders who vote in a referendum.
//! - **verdict**: a whole percentage, from 0 (nothing was lost) to 100 (everything).
//! - **assessor**: whoever has native tokens staked on judging cases.
//! - **bond**: native tokens that somebody puts up for what they stand for, and loses where it proves wrong.
//! - **observation**: the days after a feed proved an incident in which it shows how much is lost.
//!
//! ## Usage
//! Assessors [stake](Call::stake). Somebody [reports](Call::report) an incident with a bond; assessors
//! [commit](Call::commit) and [reveal](Call::reveal) votes; anyone [disputes](Call::dispute) their verdict with a higher
//! bond, and token holders decide in a referendum of `pallet-democracy`. Once it is accepted, holders [file](Call::file)
//! claims, of which the small ones need no vote unless somebody [challenges](Call::challenge) them. For a product whose
//! incidents a feed proves, anyone [freezes](Call::freeze) it while the feed is in breach, [triggers](Call::trigger) the
//! incident, and [pays](Call::pay_batch) all it hit. Anyone [moves](Call::poke) a case on when a deadline is over.
//!
//! ## Design
//! No deadline depends on block work: each is checked by whoever touches the case, and a call that moves it on is open to
//! everybody. Voting and challenge windows are blocks, so that a chain that stands still closes none. The window in
//! which claims are filed is seconds, and waits for holders on another chain whose messages do not come.
//!
//! A referendum is bound to its case by a ballot number. Its passing enacts the verdict as Root; whatever becomes of that
//! enactment, [`poke`](Call::poke) reads the outcome and goes on.
//!
//! Votes are settled one by one, each in constant time, by anyone: the fee and the lost slices of a round are not shared
//! out in a loop over its voters.
//!
//! While anything about a product is undecided, everything that insures it is set aside. An accepted incident sets its
//! percentage of that aside until all claims under it are settled and no more can be filed.
//!
//! ## Limitations
//! Assessors cannot be kept from voting under several names on what they have an interest in; the stake, the commitments
//! and the referendum answer that. What is told of incidents and claims after they are over stays in the state: their
//! reporters and claimants pay for it with the fee of their transaction.

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod api;
mod assessors;
#[cfg(feature = "runtime-benchmarks")]
mod benchmarking;
mod bonds;
mod cases;
mod feeds;
mod hooks;
mod incidents;
mod invariants;
#[cfg(test)]
mod mock;
#[cfg(test)]
mod tests;
mod types;
pub mod weights;

#[cfg(feature = "std")]
pub use api::ClaimsApi;
pub use api::{FeedReport, Pending, TrackRecord, runtime_decl_for_claims_api};
#[cfg(feature = "runtime-benchmarks")]
pub use benchmarking::BenchmarkHelper;
pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
	use super::*;
	use alloc::vec::Vec;
	use frame_support::{
		PalletId,
		dispatch::WithPostDispatchInfo,
		pallet_prelude::*,
		traits::{UnixTime, fungible, fungible::Mutate},
	};
	use frame_system::pallet_prelude::*;
	use lutine_math::feeds::{Feed, Mark};
	use lutine_primitives::{
		Balance,
		insurance::{AssetId, Coverage, IncidentId, PolicyId, ProductId, Reserving, Spot},
		parameters,
		time::{Deadlines, Seconds},
	};
	use sp_core::H256;
	use sp_runtime::{FixedU128, traits::AccountIdConversion};

	/// A case as it is stored.
	pub type CaseOf<T> = Case<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
	/// An incident as it is stored.
	pub type IncidentOf<T> = Incident<<T as frame_system::Config>::AccountId, BlockNumberFor<T>>;
	/// An assessor as it is stored.
	pub type AssessorOf<T> = Assessor<BlockNumberFor<T>>;
	/// A round as it is stored.
	pub type RoundOf<T> = Round<BlockNumberFor<T>>;

	#[pallet::config]
	pub trait Config: frame_system::Config {
		/// The policies, and the pools behind them.
		type Coverage: Coverage<Self::AccountId>;
		/// The pools, for what does not concern a policy.
		type Reserving: Reserving<Self::AccountId>;
		/// What feeds say now.
		type Spot: Spot;
		/// The token holders.
		type Referenda: Referenda<BlockNumberFor<Self>>;
		/// What stakes, bonds and fees are in: the native token.
		type Deposits: fungible::MutateHold<Self::AccountId, Balance = Balance, Reason = Self::RuntimeHoldReason>
			+ fungible::Mutate<Self::AccountId, Balance = Balance>;
		/// Reasons for which native tokens are on hold.
		type RuntimeHoldReason: From<HoldReason>;
		/// The parameters of claims.
		type Parameters: Get<parameters::Claims>;
		/// The time of the block.
		type Time: UnixTime;
		/// The length of an accounting day, which never changes.
		type AccountingDay: Get<Seconds>;
		/// What the end of the time in which claims are filed waits for.
		type Deadlines: Deadlines;
		/// Who refunds the fee of a case that was accepted.
		type Treasury: Get<Self::AccountId>;
		/// What the account is derived from that keeps the fees of assessors.
		#[pallet::constant]
		type PalletId: Get<PalletId>;
		/// Weights of the calls.
		type WeightInfo: WeightInfo;
		/// What the benchmarks need of the chain.
		#[cfg(feature = "runtime-benchmarks")]
		type BenchmarkHelper: BenchmarkHelper<Self::AccountId>;
	}

	/// What is stored is of this version. Whoever changes a stored type raises it and brings a migration.
	const STORAGE_VERSION: StorageVersion = StorageVersion::new(0);

	#[pallet::pallet]
	#[pallet::storage_version(STORAGE_VERSION)]
	pub struct Pallet<T>(_);

	/// Why this pallet holds native tokens.
	#[pallet::composite_enum]
	pub enum HoldReason {
		/// An assessor's stake.
		#[codec(index = 0)]
		Stake,
		/// The bonds and fees of cases.
		#[codec(index = 1)]
		Bond,
	}

	/// The assessors. Each pays with at least the minimum stake.
	#[pallet::storage]
	pub type Assessors<T: Config> = StorageMap<_, Twox64Concat, T::AccountId, AssessorOf<T>>;

	/// The weight of all assessors who have not left.
	#[pallet::storage]
	pub type TotalWeight<T> = StorageValue<_, Balance, ValueQuery>;

	/// The cases that are not final. Their bonds pay.
	#[pallet::storage]
	pub type Cases<T: Config> = StorageMap<_, Twox64Concat, CaseId, CaseOf<T>>;

	/// The id of the next case.
	#[pallet::storage]
	pub type NextCase<T> = StorageValue<_, CaseId, ValueQuery>;

	/// The evidence of the parties to a case, until it is final. Their bonds pay.
	#[pallet::storage]
	pub type Evidences<T> = StorageDoubleMap<_, Twox64Concat, CaseId, Twox64Concat, Role, Evidence>;

	/// The voting of assessors in each case, until every vote is settled. The case's fee pays.
	#[pallet::storage]
	pub type Rounds<T: Config> = StorageMap<_, Twox64Concat, CaseId, RoundOf<T>>;

	/// The weight of the votes revealed for each percentage, while a case is voted on. The case's fee pays.
	#[pallet::storage]
	pub type Tallies<T> = StorageMap<_, Twox64Concat, CaseId, [Balance; 101]>;

	/// The votes, each until it is settled. The slice of stake that each puts at risk pays.
	#[pallet::storage]
	pub type Votes<T: Config> = StorageDoubleMap<_, Twox64Concat, CaseId, Twox64Concat, T::AccountId, Vote>;

	/// The cases that wait for a referendum, in order: those about incidents under `true`. Their bonds pay.
	#[pallet::storage]
	pub type Queue<T> = StorageDoubleMap<_, Twox64Concat, bool, Twox64Concat, u64, CaseId>;

	/// The first number of each queue, and the number after its last.
	#[pallet::storage]
	pub type QueueEnds<T> = StorageMap<_, Twox64Concat, bool, (u64, u64), ValueQuery>;

	/// The cases that token holders vote on, whether each is about an incident, and when the votes are counted.
	#[pallet::storage]
	pub type Running<T: Config> =
		StorageValue<_, BoundedVec<(CaseId, bool, BlockNumberFor<T>), ConstU32<MAX_REFERENDA>>, ValueQuery>;

	/// The number of the next ballot.
	#[pallet::storage]
	pub type NextBallot<T> = StorageValue<_, u32, ValueQuery>;

	/// The incidents, for ever. Their reporters pay with the fees of cases.
	#[pallet::storage]
	pub type Incidents<T: Config> = StorageMap<_, Twox64Concat, IncidentId, IncidentOf<T>>;

	/// The id of the next incident.
	#[pallet::storage]
	pub type NextIncident<T> = StorageValue<_, IncidentId, ValueQuery>;

	/// The incidents that are observed or accepted, and not closed.
	#[pallet::storage]
	pub type OpenIncidents<T> = StorageMap<_, Twox64Concat, IncidentId, ()>;

	/// What is undecided about each product. Bounded by what governance lists.
	#[pallet::storage]
	pub type Dockets<T> = StorageMap<_, Twox64Concat, ProductId, Docket, ValueQuery>;

	/// Reports rejected of late on the products that are sold in an asset.
	#[pallet::storage]
	pub type Rejections<T> = StorageMap<_, Blake2_128Concat, AssetId, Recent, ValueQuery>;

	/// The claims under each incident, for ever. Claimants pay with the fees of cases, pools for those paid without one.
	#[pallet::storage]
	pub type Claims<T> = StorageDoubleMap<_, Twox64Concat, IncidentId, Twox64Concat, PolicyId, Claim>;

	/// What may be awarded without a vote under each open incident in each asset.
	#[pallet::storage]
	pub type Budgets<T> = StorageDoubleMap<_, Twox64Concat, IncidentId, Blake2_128Concat, AssetId, Budget>;

	/// What each product paid of late without a challenge window, in each asset.
	#[pallet::storage]
	pub type Instants<T> =
		StorageDoubleMap<_, Twox64Concat, ProductId, Blake2_128Concat, AssetId, Instant, ValueQuery>;

	/// The feeds that prove incidents. Bounded by what governance lists.
	#[pallet::storage]
	pub type Feeds<T> = StorageMap<_, Twox64Concat, u32, Feed>;

	/// What each feed had added up to at the end of each of the last days. Bounded in number for each feed.
	#[pallet::storage]
	pub type Marks<T> = StorageDoubleMap<_, Twox64Concat, u32, Twox64Concat, Seconds, Mark>;

	/// What became of the incidents and claims of each product. Bounded by what governance lists.
	#[pallet::storage]
	pub type Records<T> = StorageMap<_, Twox64Concat, ProductId, Record, ValueQuery>;

	/// Where block work goes on.
	#[pallet::storage]
	pub type IdleCursor<T> = StorageValue<_, Errand>;

	#[pallet::event]
	#[pallet::generate_deposit(pub(super) fn deposit_event)]
	pub enum Event<T: Config> {
		/// Somebody staked on judging cases.
		Staked {
			/// Who.
			assessor: T::AccountId,
			/// All of their stake.
			stake: Balance,
			/// What a vote of theirs weighs.
			weight: Balance,
		},
		/// An assessor left.
		Left {
			/// Who.
			assessor: T::AccountId,
			/// From when on the stake can be withdrawn.
			free_from: BlockNumberFor<T>,
		},
		/// An assessor took the stake back.
		StakeWithdrawn {
			/// Who.
			assessor: T::AccountId,
			/// How much.
			stake: Balance,
		},
		/// An incident was reported.
		Reported {
			/// Its id.
			incident: IncidentId,
			/// The case in which it is judged.
			case: CaseId,
			/// On which product.
			product: ProductId,
			/// When it happened.
			happened: Seconds,
			/// Who reported it.
			reporter: T::AccountId,
			/// What they put up.
			bond: Balance,
		},
		/// A report made room for one with a higher bond, and its own is returned.
		Displaced {
			/// Which incident.
			incident: IncidentId,
		},
		/// A claim was filed.
		Filed {
			/// Under which incident.
			incident: IncidentId,
			/// Under which policy.
			policy: PolicyId,
			/// The case in which it is judged.
			case: CaseId,
			/// What is said to be lost, at most what was insured.
			loss: Balance,
		},
		/// A proposal stands unless it is challenged.
		Proposed {
			/// In which case.
			case: CaseId,
			/// The percentage.
			proposal: u8,
			/// The last block in which it can be challenged.
			until: BlockNumberFor<T>,
		},
		/// Assessors are asked.
		AssessmentBegan {
			/// In which case.
			case: CaseId,
			/// The last block in which votes are committed.
			commit_until: BlockNumberFor<T>,
			/// The last block in which they are revealed.
			reveal_until: BlockNumberFor<T>,
		},
		/// Somebody refers to a document.
		EvidenceAdded {
			/// In which case.
			case: CaseId,
			/// Who.
			who: T::AccountId,
			/// What.
			evidence: Evidence,
		},
		/// A proposal was challenged.
		Challenged {
			/// In which case.
			case: CaseId,
			/// By whom.
			who: T::AccountId,
			/// The percentage that they stand for.
			alternative: u8,
			/// What they put up.
			bond: Balance,
		},
		/// An assessor committed a vote.
		Committed {
			/// In which case.
			case: CaseId,
			/// Who.
			assessor: T::AccountId,
			/// What it weighs.
			weight: Balance,
		},
		/// An assessor revealed a vote.
		Revealed {
			/// In which case.
			case: CaseId,
			/// Who.
			assessor: T::AccountId,
			/// The percentage.
			percent: u8,
		},
		/// The assessors said.
		Verdict {
			/// In which case.
			case: CaseId,
			/// The percentage; the proposal where nobody revealed a vote.
			verdict: u8,
			/// Whether a simple majority of token holders cannot change it.
			is_strong: bool,
			/// The last block in which it can be disputed.
			until: BlockNumberFor<T>,
		},
		/// A vote was settled.
		VoteSettled {
			/// In which case.
			case: CaseId,
			/// Whose.
			assessor: T::AccountId,
			/// What they were paid.
			reward: Balance,
			/// What they lost.
			lost: Balance,
		},
		/// A verdict was disputed.
		Disputed {
			/// In which case.
			case: CaseId,
			/// Towards what.
			direction: Direction,
			/// By whom.
			who: T::AccountId,
			/// What they put up.
			bond: Balance,
		},
		/// Token holders are asked.
		ReferendumStarted {
			/// In which case.
			case: CaseId,
			/// Towards what.
			direction: Direction,
			/// The referendum of `pallet-democracy`.
			referendum: u32,
			/// What ties an enactment to it.
			ballot: u32,
			/// The block in which the votes are counted.
			ends: BlockNumberFor<T>,
		},
		/// A referendum came to an end.
		ReferendumEnded {
			/// In which case.
			case: CaseId,
			/// The referendum.
			referendum: u32,
			/// Whether it passed.
			passed: bool,
		},
		/// A case is final.
		Decided {
			/// Which case.
			case: CaseId,
			/// What was judged.
			subject: Subject,
			/// The percentage.
			outcome: u8,
		},
		/// A bond was lost.
		BondLost {
			/// In which case.
			case: CaseId,
			/// Whose.
			who: T::AccountId,
			/// How much.
			amount: Balance,
		},
		/// An incident is true.
		IncidentAccepted {
			/// Which incident.
			incident: IncidentId,
			/// On which product.
			product: ProductId,
			/// How much was lost, in percent.
			verdict: u8,
			/// The last second in which claims are filed, unless it waits for who is kept from filing.
			until: Seconds,
		},
		/// An incident is not true.
		IncidentRejected {
			/// Which incident.
			incident: IncidentId,
			/// On which product.
			product: ProductId,
		},
		/// An incident is over.
		IncidentClosed {
			/// Which incident.
			incident: IncidentId,
		},
		/// A claim was paid as far as the pools could.
		ClaimPaid {
			/// Under which incident.
			incident: IncidentId,
			/// Under which policy.
			policy: PolicyId,
			/// What was paid at once.
			paid: Balance,
			/// What the pools still owe.
			arrears: Balance,
		},
		/// A claim was approved and could not be paid. Anyone can try again.
		PaymentFailed {
			/// Under which incident.
			incident: IncidentId,
			/// Under which policy.
			policy: PolicyId,
			/// Why.
			error: DispatchError,
		},
		/// A claim was denied.
		ClaimDenied {
			/// Under which incident.
			incident: IncidentId,
			/// Under which policy.
			policy: PolicyId,
		},
		/// Policies hit by an incident were paid, or passed over because they were not in force.
		BatchPaid {
			/// Under which incident.
			incident: IncidentId,
			/// How many were looked at.
			policies: u32,
			/// Whether those were the last.
			done: bool,
		},
		/// A product was frozen because its feed is in breach.
		Frozen {
			/// Which product.
			product: ProductId,
			/// What the feed says.
			spot: FixedU128,
		},
		/// A product's feed is not in breach any more.
		Thawed {
			/// Which product.
			product: ProductId,
		},
		/// A feed proved an incident.
		Triggered {
			/// Its id.
			incident: IncidentId,
			/// On which product.
			product: ProductId,
			/// By whom.
			who: T::AccountId,
			/// The average that proves it.
			average: FixedU128,
		},
		/// A feed showed how much is lost.
		ObservationEnded {
			/// In which incident.
			incident: IncidentId,
			/// The lowest average.
			lowest: FixedU128,
			/// The percentage.
			verdict: u8,
		},
		/// A product's feed has been back for a whole window: it can prove another incident.
		Rearmed {
			/// Which product.
			product: ProductId,
		},
	}

	#[pallet::error]
	pub enum Error<T> {
		/// There is no such product, or it was never listed.
		UnknownProduct,
		/// There is no such incident.
		UnknownIncident,
		/// There is no such case, or it is final.
		UnknownCase,
		/// There is no such claim.
		UnknownClaim,
		/// The account is no assessor.
		NotAnAssessor,
		/// The account is an assessor already who has not left.
		NotLeft,
		/// The assessor has left.
		HasLeft,
		/// The stake is below the lowest that there may be.
		StakeTooSmall,
		/// The stake cannot be withdrawn yet.
		StakeLocked,
		/// Votes of the assessor are not settled.
		VotesNotSettled,
		/// The stake weighs what it does only since the voting began, or was staked after.
		StakeTooRecent,
		/// The stake does not weigh anything: it is below the lowest that there may be.
		NoWeight,
		/// Too much of the stake is at risk in other cases.
		StakeAtRisk,
		/// Who has an interest in a case does not judge it.
		PartyToTheCase,
		/// The account has voted in the case.
		AlreadyCommitted,
		/// Nobody votes in the case yet, or votes are not committed any more.
		CommitClosed,
		/// Votes are not revealed yet, or not any more.
		RevealClosed,
		/// The account has committed no vote in the case, or not in this attempt.
		NothingCommitted,
		/// The vote was revealed already.
		AlreadyRevealed,
		/// The percentage and the salt are not those that were committed.
		CommitmentMismatch,
		/// A percentage is at most 100.
		BadPercent,
		/// There is no such vote, or it is settled.
		UnknownVote,
		/// The assessors' verdict is not known yet.
		RoundOpen,
		/// Incidents of the product are proven by a feed, and paid without claims.
		ParametricProduct,
		/// Incidents of the product are reported and judged.
		AssessedProduct,
		/// It cannot have happened yet.
		InTheFuture,
		/// The bond that is asked for is higher than the caller allows.
		BondTooHigh,
		/// More than the account has free.
		BondNotThere,
		/// A URI is longer than 128 bytes.
		EvidenceTooLong,
		/// A URI must be of printable ASCII without spaces, and not empty.
		BadUri,
		/// No claims are made under the incident, or not any more.
		NoClaims,
		/// Only the holder of the certificate may do this.
		NotTheHolder,
		/// A loss is above zero.
		ZeroLoss,
		/// A claim under this policy and incident was filed before.
		AlreadyClaimed,
		/// The case has no proposal that can be challenged, or not any more.
		NotChallengeable,
		/// A challenger stands for less than the proposal.
		AlternativeTooHigh,
		/// The assessors' verdict cannot be disputed yet, or not any more. Where a deadline is over, the case must be moved on
		/// first.
		NotDisputable,
		/// The verdict is disputed in this direction already.
		AlreadyDisputed,
		/// The verdict is what such a dispute would ask for.
		NothingToDispute,
		/// The case is not voted on in this ballot, or that has not passed.
		NotPassed,
		/// Nothing is due.
		NothingDue,
		/// The incident is still open to claims, or some are not settled.
		IncidentOpen,
		/// The incident is not paid in batches, or all were paid.
		NothingToPay,
		/// The feed is missing, or its value is too old.
		FeedNotFresh,
		/// The feed is above the threshold.
		NoBreach,
		/// The feed is in breach.
		FeedInBreach,
		/// Something about the product is undecided already.
		AlreadyFrozen,
		/// The product is not frozen because of its feed.
		NotFrozen,
		/// The feed was not fresh for long enough to prove anything.
		FeedTooSparse,
		/// The feed has not been back for a whole window since the last incident.
		NotBackYet,
		/// The product is armed.
		Armed,
		/// There is nothing above zero to pay.
		ZeroAmount,
	}

	#[pallet::genesis_config]
	#[derive(frame_support::DefaultNoBound)]
	pub struct GenesisConfig<T> {
		#[doc(hidden)]
		#[serde(skip)]
		pub _config: core::marker::PhantomData<T>,
	}

	#[pallet::genesis_build]
	impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
		/// Seeds the account that keeps the fees, so that no fee is too small to keep.
		fn build(&self) {
			use frame_support::traits::fungible::Inspect;
			let seeded = T::Deposits::mint_into(&Pallet::<T>::account(), T::Deposits::minimum_balance());
			if let Err(error) = seeded {
				panic!("claims: its account cannot be seeded: {error:?}");
			}
		}
	}

	#[pallet::hooks]
	impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
		/// Accounts for what the end of the block takes.
		fn on_initialize(_: BlockNumberFor<T>) -> Weight {
			Self::note_turnout_weight()
		}

		/// In the last block of a referendum: whether anybody voted. Nobody keeps that afterwards.
		fn on_finalize(now: BlockNumberFor<T>) {
			Self::note_turnout(now);
		}

		fn on_idle(_: BlockNumberFor<T>, weight: Weight) -> Weight {
			let mut meter = frame_support::weights::WeightMeter::with_limit(weight);
			Self::keep_going(&mut meter);
			meter.consumed()
		}

		#[cfg(feature = "try-runtime")]
		fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
			Self::do_try_state()
		}
	}

	#[pallet::view_functions]
	impl<T: Config> Pallet<T> {
		/// The last second, as far as is known now, in which claims are filed under an incident. It grows while deadlines wait
		/// for who is kept from filing. `None` where no claims are made under it.
		pub fn filing_ends(incident: IncidentId) -> Option<Seconds> {
			let incident = Incidents::<T>::get(incident)?;
			match incident.state {
				IncidentState::Accepted {
					until,
					payout: Payout::Claims,
					..
				} => Some(Self::filed_until(incident.product, until)),
				_ => None,
			}
		}
	}

	#[pallet::call(weight = <T as Config>::WeightInfo)]
	impl<T: Config> Pallet<T> {
		/// Puts a verdict into effect that token holders voted for. Changes nothing but the case: what follows from it is
		/// done by [`poke`](Call::poke).
		///
		/// ## Origin
		/// Root: the referendum that this pallet started.
		///
		/// ## Details
		/// Its index never changes: referenda that run hold this call. `ballot` ties it to one vote on one case; nothing
		/// else can be enacted with it, and not twice.
		///
		/// ## Errors
		/// - [`Error::UnknownCase`], [`Error::NotPassed`]
		///
		/// ## Events
		/// - [`Event::ReferendumEnded`]
		#[pallet::call_index(0)]
		pub fn enact(origin: OriginFor<T>, case: CaseId, ballot: u32) -> DispatchResult {
			ensure_root(origin)?;
			Self::do_enact(case, ballot)
		}

		/// Stakes native tokens on judging cases, or more of them.
		///
		/// ## Origin
		/// Signed. The tokens are put on hold.
		///
		/// ## Details
		/// A vote weighs what is staked, up to a limit. It counts in cases whose voting does not begin before: with more
		/// stake the assessor does not vote in those that run.
		///
		/// ## Errors
		/// - [`Error::StakeTooSmall`]: all of it together is below the minimum
		/// - [`Error::HasLeft`], [`Error::BondNotThere`]
		///
		/// ## Events
		/// - [`Event::Staked`]
		#[pallet::call_index(1)]
		pub fn stake(origin: OriginFor<T>, #[pallet::compact] amount: Balance) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_stake(who, amount)
		}

		/// Stops being an assessor. The stake can be withdrawn after the unbonding period.
		///
		/// ## Origin
		/// Signed by an assessor.
		///
		/// ## Details
		/// Votes that were committed can still be revealed.
		///
		/// ## Errors
		/// - [`Error::NotAnAssessor`], [`Error::HasLeft`]
		///
		/// ## Events
		/// - [`Event::Left`]
		#[pallet::call_index(2)]
		pub fn leave(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_leave(who)
		}

		/// Takes the stake back, once the unbonding period is over and all votes are settled.
		///
		/// ## Origin
		/// Signed by who was an assessor.
		///
		/// ## Errors
		/// - [`Error::NotAnAssessor`], [`Error::NotLeft`], [`Error::StakeLocked`], [`Error::VotesNotSettled`]
		///
		/// ## Events
		/// - [`Event::StakeWithdrawn`]
		#[pallet::call_index(3)]
		pub fn withdraw_stake(origin: OriginFor<T>) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_withdraw_stake(who)
		}

		/// Reports that something happened to a product. All that insures it is set aside until that is decided.
		///
		/// ## Origin
		/// Signed. A bond and the assessors' fee are put on hold.
		///
		/// ## Details
		/// The bond doubles with every report on the product that is open or was rejected of late, and grows with those
		/// rejected on products sold in the same assets. One incident of a product is judged at a time; where too many wait,
		/// twice the lowest of their bonds takes that one's place. The bond is lost where assessors, or token holders after
		/// them, find that nothing was lost. The fee is paid back where something was.
		///
		/// ## Errors
		/// - [`Error::UnknownProduct`], [`Error::ParametricProduct`], [`Error::InTheFuture`]
		/// - [`Error::BondTooHigh`]: above `max_bond`
		/// - [`Error::BondNotThere`], [`Error::EvidenceTooLong`], [`Error::BadUri`]
		///
		/// ## Events
		/// - [`Event::Reported`], and [`Event::AssessmentBegan`] where no other incident is judged
		#[pallet::call_index(4)]
		pub fn report(
			origin: OriginFor<T>,
			product: ProductId,
			#[pallet::compact] happened: Seconds,
			uri: Vec<u8>,
			hash: H256,
			#[pallet::compact] max_bond: Balance,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let evidence = Self::evidence(uri, hash)?;
			Self::do_report(who, product, happened, evidence, max_bond)
		}

		/// Claims a loss under an accepted incident. Whoever holds the policy's certificate when it is decided is paid.
		///
		/// ## Origin
		/// Signed by the holder of the certificate. A bond and the assessors' fee are put on hold.
		///
		/// ## Details
		/// A loss above what was insured counts as that. The evidence must show that the holder controls what is insured.
		/// A small claim stands unless it is challenged, as long as the sum of such claims is small as well; another one is
		/// voted on. A policy has one claim under an incident, ever.
		///
		/// Claims are filed for the product's claim window from when the incident was accepted, and for the dispute period in
		/// blocks at least. The window does not run while the bridge to another chain is out, and where there is a bridge it
		/// lasts an accounting day longer.
		///
		/// ## Errors
		/// - [`Error::UnknownIncident`], [`Error::NoClaims`], [`Error::ParametricProduct`]
		/// - [`Error::NotTheHolder`], [`Error::ZeroLoss`], [`Error::AlreadyClaimed`], [`Error::BondNotThere`],
		///   [`Error::EvidenceTooLong`], [`Error::BadUri`]
		/// - of `cover`: the policy was not in force then, or was cancelled or used up, or a claim under it is open
		///
		/// ## Events
		/// - [`Event::Filed`]; [`Event::Proposed`] or [`Event::AssessmentBegan`]
		#[pallet::call_index(5)]
		#[pallet::weight(Pallet::<T>::file_weight())]
		pub fn file(
			origin: OriginFor<T>,
			incident: IncidentId,
			policy: PolicyId,
			#[pallet::compact] loss: Balance,
			uri: Vec<u8>,
			hash: H256,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let evidence = Self::evidence(uri, hash)?;
			Self::do_file(who, incident, policy, loss, evidence)
		}

		/// Refers to a document in a case that is not final. The chain's events keep it.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Errors
		/// - [`Error::UnknownCase`], [`Error::EvidenceTooLong`], [`Error::BadUri`]
		///
		/// ## Events
		/// - [`Event::EvidenceAdded`]
		#[pallet::call_index(6)]
		pub fn add_evidence(origin: OriginFor<T>, case: CaseId, uri: Vec<u8>, hash: H256) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let evidence = Self::evidence(uri, hash)?;
			ensure!(Cases::<T>::contains_key(case), Error::<T>::UnknownCase);
			Self::deposit_event(Event::EvidenceAdded { case, who, evidence });
			Ok(())
		}

		/// Challenges a proposal that would stand otherwise: assessors are asked.
		///
		/// ## Origin
		/// Signed. Twice the bond of who opened the case is put on hold. Where a feed opened it, so is the assessors' fee.
		///
		/// ## Details
		/// `alternative` is the percentage that the challenger stands for. The bond is lost where the outcome is nearer to
		/// the proposal.
		///
		/// ## Errors
		/// - [`Error::UnknownCase`], [`Error::NotChallengeable`], [`Error::AlternativeTooHigh`], [`Error::BondNotThere`]
		/// - [`Error::EvidenceTooLong`], [`Error::BadUri`]
		///
		/// ## Events
		/// - [`Event::Challenged`], [`Event::AssessmentBegan`]
		#[pallet::call_index(7)]
		pub fn challenge(
			origin: OriginFor<T>,
			case: CaseId,
			alternative: u8,
			uri: Vec<u8>,
			hash: H256,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let evidence = Self::evidence(uri, hash)?;
			Self::do_challenge(who, case, alternative, evidence)
		}

		/// Commits a vote without telling it.
		///
		/// ## Origin
		/// Signed by an assessor.
		///
		/// ## Details
		/// `commitment` is the blake2-256 hash of the SCALE encoding of the case (u32), the assessor's account, the percentage
		/// (u8) and a salt of 32 bytes. A slice of the stake is at risk until the vote is settled, and lost where the vote is
		/// never revealed, or is far from a verdict that two thirds agree with.
		///
		/// ## Errors
		/// - [`Error::UnknownCase`], [`Error::CommitClosed`], [`Error::NotAnAssessor`], [`Error::HasLeft`],
		///   [`Error::NoWeight`], [`Error::StakeTooRecent`], [`Error::StakeAtRisk`], [`Error::PartyToTheCase`],
		///   [`Error::AlreadyCommitted`]
		///
		/// ## Events
		/// - [`Event::Committed`]
		#[pallet::call_index(8)]
		pub fn commit(origin: OriginFor<T>, case: CaseId, commitment: H256) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_commit(who, case, commitment)
		}

		/// Reveals a vote that was committed.
		///
		/// ## Origin
		/// Signed by the assessor.
		///
		/// ## Errors
		/// - [`Error::UnknownCase`], [`Error::RevealClosed`], [`Error::NothingCommitted`], [`Error::AlreadyRevealed`],
		///   [`Error::CommitmentMismatch`], [`Error::BadPercent`]
		///
		/// ## Events
		/// - [`Event::Revealed`]
		#[pallet::call_index(9)]
		pub fn reveal(origin: OriginFor<T>, case: CaseId, percent: u8, salt: [u8; 32]) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_reveal(who, case, percent, salt)
		}

		/// Pays an assessor for a vote, or takes what it costs.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Details
		/// Votes near the verdict share the fee by weight. No referendum changes that.
		///
		/// ## Errors
		/// - [`Error::UnknownVote`], [`Error::RoundOpen`]
		///
		/// ## Events
		/// - [`Event::VoteSettled`]
		#[pallet::call_index(10)]
		pub fn settle(origin: OriginFor<T>, case: CaseId, assessor: T::AccountId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_settle(case, assessor)
		}

		/// Disputes the assessors' verdict: token holders are asked.
		///
		/// ## Origin
		/// Signed. Twice the last bond of the case is put on hold.
		///
		/// ## Details
		/// Upward asks for what the case was opened with, downward for what the challenger stands for, or nothing. Each is
		/// disputed once at most; the upward one is voted on first. The bond is lost where the outcome is nearer to the
		/// verdict, unless nobody voted.
		///
		/// ## Errors
		/// - [`Error::UnknownCase`], [`Error::NotDisputable`], [`Error::AlreadyDisputed`], [`Error::NothingToDispute`],
		///   [`Error::BondNotThere`], [`Error::EvidenceTooLong`], [`Error::BadUri`]
		///
		/// ## Events
		/// - [`Event::Disputed`]
		#[pallet::call_index(11)]
		pub fn dispute(
			origin: OriginFor<T>,
			case: CaseId,
			direction: Direction,
			uri: Vec<u8>,
			hash: H256,
		) -> DispatchResult {
			let who = ensure_signed(origin)?;
			let evidence = Self::evidence(uri, hash)?;
			Self::do_dispute(who, case, direction, evidence)
		}

		/// Moves a case on whose deadline is over, by one step; at the last one its incident is accepted or its claim paid.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Details
		/// Block work does it unasked where there is room.
		///
		/// ## Errors
		/// - [`Error::UnknownCase`], [`Error::NothingDue`]
		///
		/// ## Events
		/// - those of the step; with the last one [`Event::Decided`]
		#[pallet::call_index(12)]
		#[pallet::weight(Pallet::<T>::worst_poke_weight())]
		pub fn poke(origin: OriginFor<T>, case: CaseId) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let most = Self::poke_weight(case);
			let used = Self::do_poke(case).map_err(|error| error.with_weight(most))?;
			Ok(Some(used).into())
		}

		/// Moves an incident on: looks at the days of an observation, or closes it once no claims can be made under it and all
		/// are settled.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Errors
		/// - [`Error::UnknownIncident`], [`Error::NothingDue`], [`Error::IncidentOpen`]
		///
		/// ## Events
		/// - [`Event::ObservationEnded`], [`Event::IncidentAccepted`] or [`Event::Proposed`]; [`Event::IncidentClosed`]
		#[pallet::call_index(13)]
		#[pallet::weight(Pallet::<T>::poke_incident_weight())]
		pub fn poke_incident(origin: OriginFor<T>, incident: IncidentId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_poke_incident(incident)
		}

		/// Pays the next `most` policies hit by an incident that a feed proved. Their holders need not do anything.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Details
		/// One that cannot be paid stops none: it is recorded, and [paid](Call::pay_claim) when it can. It looks at fewer where
		/// pools were left for so long that bringing them to now takes what the others would.
		///
		/// ## Errors
		/// - [`Error::UnknownIncident`], [`Error::NothingToPay`], [`Error::ZeroAmount`]
		///
		/// ## Events
		/// - [`Event::ClaimPaid`] for each, [`Event::BatchPaid`]
		#[pallet::call_index(14)]
		#[pallet::weight(Pallet::<T>::worst_batch_weight(*most))]
		pub fn pay_batch(
			origin: OriginFor<T>,
			incident: IncidentId,
			most: u32,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			let (_, used) = Self::do_pay_batch(incident, most, Self::worst_batch_weight(most))
				.map_err(|error| error.with_weight(<T as Config>::WeightInfo::pay_batch(0)))?;
			Ok(Some(used).into())
		}

		/// Pays a claim that was approved and could not be paid then.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Errors
		/// - [`Error::UnknownIncident`], [`Error::UnknownClaim`], [`Error::NothingDue`]; why it cannot be paid.
		///
		/// ## Events
		/// - [`Event::ClaimPaid`]
		#[pallet::call_index(15)]
		#[pallet::weight(Pallet::<T>::worst_pay_weight())]
		pub fn pay_claim(
			origin: OriginFor<T>,
			incident: IncidentId,
			policy: PolicyId,
		) -> DispatchResultWithPostInfo {
			ensure_signed(origin)?;
			// The pools are as far behind as they were before.
			let used = Self::pay_weight(policy);
			Self::do_pay_claim(incident, policy).map_err(|error| error.with_weight(used))?;
			Ok(Some(used).into())
		}

		/// Pays recovered money back to the pools that paid for an incident: what they owe first.
		///
		/// ## Origin
		/// Signed, by anyone who has it.
		///
		/// ## Errors
		/// - [`Error::UnknownIncident`]
		/// - of `pools`: nothing was paid in this asset, or a pool is not settled
		///
		/// ## Events
		/// - `pools.Recovered` for each pool
		#[pallet::call_index(16)]
		#[pallet::weight(Pallet::<T>::worst_recover_weight())]
		pub fn recover(
			origin: OriginFor<T>,
			incident: IncidentId,
			asset: AssetId,
			#[pallet::compact] amount: Balance,
		) -> DispatchResultWithPostInfo {
			let who = ensure_signed(origin)?;
			let used = Self::recover_weight(incident);
			ensure!(
				Incidents::<T>::contains_key(incident),
				Error::<T>::UnknownIncident.with_weight(used)
			);
			T::Reserving::recover(&who, incident, &asset, amount).map_err(|error| error.with_weight(used))?;
			Ok(Some(used).into())
		}

		/// Sets aside all that insures a product whose feed is in breach now.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Errors
		/// - [`Error::UnknownProduct`], [`Error::AssessedProduct`], [`Error::AlreadyFrozen`], [`Error::FeedNotFresh`],
		///   [`Error::NoBreach`]
		///
		/// ## Events
		/// - [`Event::Frozen`]
		#[pallet::call_index(17)]
		pub fn freeze(origin: OriginFor<T>, product: ProductId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_freeze(product)
		}

		/// Ends what [`freeze`](Call::freeze) began.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Details
		/// The feed must be above the threshold, or silent for so long that its past proves nothing any more.
		///
		/// ## Errors
		/// - [`Error::UnknownProduct`], [`Error::AssessedProduct`], [`Error::NotFrozen`], [`Error::FeedNotFresh`],
		///   [`Error::FeedInBreach`]
		///
		/// ## Events
		/// - [`Event::Thawed`]
		#[pallet::call_index(18)]
		pub fn thaw(origin: OriginFor<T>, product: ProductId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_thaw(product)
		}

		/// Opens the incident that a product's feed proves: its average over the last whole days is at or below the threshold.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Details
		/// The days that follow show how much is lost. It happened in the last second of the days that prove it.
		///
		/// ## Errors
		/// - [`Error::UnknownProduct`], [`Error::AssessedProduct`], [`Error::AlreadyFrozen`]: an incident is open,
		///   [`Error::NotBackYet`], [`Error::FeedNotFresh`]: nothing is known of the feed, [`Error::FeedTooSparse`],
		///   [`Error::NoBreach`]
		///
		/// ## Events
		/// - [`Event::Triggered`]
		#[pallet::call_index(19)]
		pub fn trigger(origin: OriginFor<T>, product: ProductId) -> DispatchResult {
			let who = ensure_signed(origin)?;
			Self::do_trigger(who, product)
		}

		/// Lets a product's feed prove another incident, after it has been above the threshold on each of as many days as it is
		/// averaged over. While it is observed, what it does counts for the incident that it proved.
		///
		/// ## Origin
		/// Signed, by anyone.
		///
		/// ## Errors
		/// - [`Error::UnknownProduct`], [`Error::AssessedProduct`], [`Error::Armed`], [`Error::NotBackYet`]
		///
		/// ## Events
		/// - [`Event::Rearmed`]
		#[pallet::call_index(20)]
		pub fn rearm(origin: OriginFor<T>, product: ProductId) -> DispatchResult {
			ensure_signed(origin)?;
			Self::do_rearm(product)
		}
	}

	impl<T: Config> Pallet<T> {
		/// The account that keeps the fees of assessors.
		pub fn account() -> T::AccountId {
			T::PalletId::get().into_account_truncating()
		}

		/// The time of the block, in Unix seconds.
		pub(crate) fn now() -> Seconds {
			T::Time::now().as_secs()
		}

		/// The number of the block.
		pub(crate) fn block() -> BlockNumberFor<T> {
			frame_system::Pallet::<T>::block_number()
		}

		/// The block after so many more.
		pub(crate) fn in_blocks(blocks: lutine_primitives::BlockNumber) -> BlockNumberFor<T> {
			use sp_runtime::traits::Saturating;
			Self::block().saturating_add(blocks.into())
		}
	}
}
