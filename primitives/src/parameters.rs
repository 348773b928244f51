//! The governed numbers: what a referendum may change while the chain runs, grouped by the pallet that reads them.
//!
//! Every field is declared with its production value and with bounds, both ends included. [`check`](Governance::check)
//! is the only judge of them; `pallet-chain-parameters` stores nothing that it refuses.

use crate::{
	Balance, BlockNumber, LUT,
	time::{DAY, Seconds},
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::PalletError;
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};
use sp_arithmetic::{FixedU128, Perbill};

/// Declares groups of parameters with a production value and bounds for each, the rules that tie them together, and the
/// enums that name a group's value and a group's field in calls and errors.
macro_rules! parameters {
	($(
		$(#[$docs:meta])*
		$group:ident / $fields:ident {
			$( $(#[$field_docs:meta])* $field:ident: $type:ty = $value:expr, in $min:expr => $max:expr; )*
		} where { $( $blamed:ident: $rule:expr; )* }
	)*) => {
		$(
			$(#[$docs])*
			#[derive(
				Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo, Serialize,
				Deserialize,
			)]
			#[serde(rename_all = "camelCase", deny_unknown_fields)]
			pub struct $group {
				$(
					$(#[$field_docs])*
					#[doc = ""]
					#[doc = concat!("Bounds: `", stringify!($min), "` to `", stringify!($max), "`.")]
					pub $field: $type,
				)*
			}

			#[doc = concat!("The fields of [`", stringify!($group), "`], to name the one that is out of bounds.")]
			// A field is called the same wherever a client meets it.
			#[allow(non_camel_case_types)]
			#[derive(
				Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo, PalletError,
			)]
			pub enum $fields {
				$( #[doc = concat!("`", stringify!($field), "`")] $field, )*
			}

			impl $group {
				/// The first field that is outside its bounds or at odds with another one.
				pub fn check(&self) -> Result<(), $fields> {
					$(
						if !(($min)..=($max)).contains(&self.$field) {
							return Err($fields::$field);
						}
					)*
					$(
						let rule: fn(&$group) -> bool = $rule;
						if !rule(self) {
							return Err($fields::$blamed);
						}
					)*
					Ok(())
				}
			}

			/// The values of a production chain.
			impl Default for $group {
				fn default() -> Self {
					Self { $( $field: $value, )* }
				}
			}

			#[cfg(test)]
			impl $group {
				/// The group with one field at each end of its bounds, in turn.
				fn extremes() -> alloc::vec::Vec<Self> {
					alloc::vec![
						$( Self { $field: $min, ..Default::default() }, Self { $field: $max, ..Default::default() }, )*
					]
				}
			}
		)*

		/// The new values of one group.
		#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo)]
		pub enum Parameters {
			$( $(#[$docs])* $group($group), )*
		}

		/// A field of a group of parameters.
		#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo, PalletError)]
		pub enum Field {
			$( $(#[$docs])* $group($fields), )*
		}

		impl Parameters {
			/// The first field of the group that is outside its bounds or at odds with another one.
			pub fn check(&self) -> Result<(), Field> {
				match self {
					$( Self::$group(group) => group.check().map_err(Field::$group), )*
				}
			}
		}
	};
}

/// Blocks in an hour of a production chain.
const HOURS: BlockNumber = 600;
/// Blocks in a day of a production chain.
const DAYS: BlockNumber = 24 * HOURS;
/// The longest a period of blocks may be: a year.
const YEAR_OF_BLOCKS: BlockNumber = 366 * DAYS;
/// The longest a period of seconds may be.
const TEN_YEARS: Seconds = 3_653 * DAY;

const fn percent(x: u32) -> Perbill {
	Perbill::from_percent(x)
}

/// A fraction of 10 000.
const fn basis_points(x: u32) -> Perbill {
	Perbill::from_parts(x * 100_000)
}

/// A fixed-point number given in hundredths.
const fn hundredths(x: u128) -> FixedU128 {
	FixedU128::from_inner(x * 10_000_000_000_000_000)
}

parameters! {
	/// Democracy, the collectives, the treasury and safe mode. Periods are in blocks.
	Governance / GovernanceField {
		/// From one tabling of a proposal to the next.
		launch_period: BlockNumber = 7 * DAYS, in 5 => 28 * DAYS;
		/// How long a referendum is voted on.
		voting_period: BlockNumber = 7 * DAYS, in 5 => 28 * DAYS;
		/// From the end of a referendum that passed to its enactment.
		enactment_period: BlockNumber = 2 * DAYS, in 1 => 28 * DAYS;
		/// How long a vote of conviction 1 stays locked after the referendum; conviction doubles it.
		vote_locking_period: BlockNumber = 7 * DAYS, in 1 => 28 * DAYS;
		/// The shortest voting period the technical committee may give to a proposal of the council.
		fast_track_voting_period: BlockNumber = 12 * HOURS, in 1 => 28 * DAYS;
		/// How long a vetoed proposal of the council may not come back.
		cooloff_period: BlockNumber = 7 * DAYS, in 1 => 28 * DAYS;
		/// What a proposer locks, and everyone who seconds it.
		minimum_deposit: Balance = 100 * LUT, in LUT / 100 => 1_000_000 * LUT;
		/// How long a motion of the council or the technical committee stays open.
		motion_duration: BlockNumber = 5 * DAYS, in 5 => 28 * DAYS;
		/// From one payment round of the treasury to the next.
		spend_period: BlockNumber = 6 * DAYS, in 5 => 28 * DAYS;
		/// How long an approved spend may be claimed from the treasury.
		payout_period: BlockNumber = 30 * DAYS, in 5 => YEAR_OF_BLOCKS;
		/// How long safe mode lasts each time the technical committee enters or extends it.
		safe_mode_duration: BlockNumber = DAYS, in 5 => 7 * DAYS;
	} where {
		// Above a fast track's shortest period lies the ordinary one, or the fast track is none.
		// And the fast track leaves others the time to vote, or the collectives decide alone.
		fast_track_voting_period: |g| {
			g.fast_track_voting_period <= g.voting_period && g.fast_track_voting_period >= g.voting_period / 14
		};
		// A winning voter must not be able to leave before what they decided is enacted.
		vote_locking_period: |g| g.vote_locking_period >= g.enactment_period;
	}

	/// Risk and premium. Rates and probabilities are per year.
	Pricing / PricingField {
		/// Factor on the expected loss.
		load: FixedU128 = hundredths(120), in hundredths(100) => hundredths(1_000);
		/// Return a year on the risk capital that a policy ties up.
		return_on_capital: Perbill = percent(4), in percent(0) => percent(100);
		/// Correlation between risk groups.
		rho: Perbill = percent(10), in percent(0) => percent(100);
		/// Utilisation of a line at which its market rate stands still.
		target_utilisation: Perbill = percent(80), in percent(10) => percent(95);
		/// Market rate of a full line over that at the target, and of that over an empty line's.
		steepness: FixedU128 = hundredths(400), in hundredths(100) => hundredths(2_000);
		/// How fast a line's rate at target follows demand.
		speed: FixedU128 = hundredths(200), in hundredths(0) => hundredths(5_000);
		/// Lowest rate at target.
		min_rate: Perbill = basis_points(10), in Perbill::from_parts(1) => percent(100);
		/// Highest rate at target.
		max_rate: Perbill = percent(25), in Perbill::from_parts(1) => percent(100);
		/// Lowest probability of loss.
		min_probability: Perbill = basis_points(5), in Perbill::from_parts(1) => percent(100);
		/// Highest probability of loss.
		max_probability: Perbill = percent(40), in Perbill::from_parts(1) => percent(100);
		/// Base probability of loss of a lending protocol.
		base_lending: Perbill = percent(2), in Perbill::from_parts(1) => percent(100);
		/// Base probability of loss of an exchange.
		base_exchange: Perbill = percent(2), in Perbill::from_parts(1) => percent(100);
		/// Base probability of loss of a staking protocol.
		base_staking: Perbill = basis_points(120), in Perbill::from_parts(1) => percent(100);
		/// Base probability of loss of a stablecoin.
		base_stablecoin: Perbill = basis_points(250), in Perbill::from_parts(1) => percent(100);
		/// Base probability of loss of a bridge.
		base_bridge: Perbill = percent(5), in Perbill::from_parts(1) => percent(100);
		/// Base probability of loss of a custodian.
		base_custody: Perbill = percent(4), in Perbill::from_parts(1) => percent(100);
		/// Base probability of loss of a yield aggregator.
		base_yield: Perbill = percent(3), in Perbill::from_parts(1) => percent(100);
		/// Base probability of loss of any other class.
		base_other: Perbill = percent(8), in Perbill::from_parts(1) => percent(100);
		/// Factor on the probability of a product without a valid audit.
		unaudited_factor: FixedU128 = hundredths(150), in hundredths(100) => hundredths(1_000);
		/// Factor for each valid audit that counts.
		audit_factor: FixedU128 = hundredths(85), in hundredths(10) => hundredths(100);
		/// Audits that count at most.
		max_audits: u32 = 3, in 0 => 8;
		/// How long an audit may stay valid, from when it is filed.
		audit_validity: Seconds = 365 * DAY, in 1 => TEN_YEARS;
		/// Length of a step without an accepted incident.
		track_step: Seconds = 90 * DAY, in 1 => TEN_YEARS;
		/// What each such step takes off the track factor.
		track_discount: Perbill = percent(5), in percent(0) => percent(50);
		/// Where that discount ends.
		track_floor: Perbill = percent(60), in percent(10) => percent(100);
		/// Lowest factor of a live security score.
		min_live_factor: FixedU128 = hundredths(50), in hundredths(10) => hundredths(100);
		/// Highest factor of a live security score.
		max_live_factor: FixedU128 = hundredths(300), in hundredths(100) => hundredths(1_000);
		/// How old a live security score may be; an older one does not count.
		live_max_age: Seconds = DAY, in 60 => 30 * DAY;
	} where {
		min_rate: |p| p.min_rate <= p.max_rate;
		min_probability: |p| p.min_probability <= p.max_probability;
	}

	/// Underwriting capital. Periods are in seconds.
	Pools / PoolsField {
		/// Share of earned premium that goes to the asset's mutual reserve.
		reserve_cut: Perbill = percent(5), in percent(0) => percent(50);
		/// Share of what the reserve left that goes to the treasury.
		treasury_cut: Perbill = percent(2), in percent(0) => percent(50);
		/// Highest fee a manager may take of what the treasury left.
		max_manager_fee: Perbill = percent(20), in percent(0) => percent(50);
		/// From a request to withdraw to its payment.
		withdrawal_cooldown: Seconds = 14 * DAY, in 1 => 365 * DAY;
		/// From a manager's announcement of a new line, weight, fee or manager to its effect.
		change_delay: Seconds = 15 * DAY, in 2 => 366 * DAY;
		/// How long a change that is due may be made, until it must be announced anew.
		change_expiry: Seconds = 15 * DAY, in 1 => 366 * DAY;
		/// Share of capital above which what is reserved stops the withdrawal queue.
		queue_stop: Perbill = percent(2), in percent(0) => percent(100);
		/// Requests to withdraw that one account may have in a queue.
		max_requests: u32 = 8, in 1 => 64;
		/// Accounting days that one call settles at most.
		max_days_per_settle: u32 = 32, in 1 => 400;
		/// How long recovered money is streamed to the pools that paid.
		recovery_stream: Seconds = 90 * DAY, in 1 => 365 * DAY;
	} where {
		// Share holders must be able to leave before a change they did not agree to.
		change_delay: |p| p.change_delay > p.withdrawal_cooldown;
	}

	/// Terms a product may have, and what buyers pay beside the premium. Periods are in seconds.
	Cover / CoverField {
		/// Shortest period of a policy.
		min_period: Seconds = 28 * DAY, in 1 => TEN_YEARS;
		/// Longest period of a policy.
		max_period: Seconds = 365 * DAY, in 1 => 366 * DAY;
		/// Waiting period of a product that does not set its own.
		waiting_period: Seconds = 7 * DAY, in 0 => 90 * DAY;
		/// Claim window of a product that does not set its own.
		claim_window: Seconds = 35 * DAY, in 1 => 366 * DAY;
		/// Share of unearned premium kept when a holder cancels.
		cancellation_fee: Perbill = percent(10), in percent(0) => percent(50);
		/// Highest commission of a broker, as a share of net premium.
		max_commission: Perbill = percent(20), in percent(0) => percent(50);
		/// What a proposer of a product locks until it is listed or delisted.
		product_deposit: Balance = 100 * LUT, in LUT / 100 => 1_000_000 * LUT;
		/// What a buyer locks for the storage of a policy, returned when it is closed.
		policy_deposit: Balance = LUT, in LUT / 1_000 => 1_000 * LUT;
	} where {
		min_period: |c| c.min_period <= c.max_period;
	}

	/// Judging incidents and claims. Voting windows are in blocks, the rest in seconds.
	Claims / ClaimsField {
		/// How long assessors may commit votes.
		commit_period: BlockNumber = 2 * DAYS, in 3 => 28 * DAYS;
		/// How long they may reveal them.
		reveal_period: BlockNumber = DAYS, in 3 => 28 * DAYS;
		/// How long a proposal may be challenged.
		challenge_period: BlockNumber = DAYS, in 3 => 28 * DAYS;
		/// How long the assessors' verdict may be disputed.
		dispute_period: BlockNumber = 2 * DAYS, in 3 => 28 * DAYS;
		/// The first bond of a case; every next one doubles it.
		bond: Balance = 100 * LUT, in LUT / 100 => 1_000_000 * LUT;
		/// What the opener of a case pays to its assessors.
		assessors_fee: Balance = 20 * LUT, in LUT / 100 => 1_000_000 * LUT;
		/// Fees of assessors that the treasury pays at most under one incident.
		max_subsidies: u32 = 50, in 0 => 10_000;
		/// Lowest stake of an assessor.
		min_stake: Balance = 1_000 * LUT, in LUT => 10_000_000 * LUT;
		/// Stake of one assessor that counts at most.
		max_weight: Balance = 100_000 * LUT, in LUT => 1_000_000_000 * LUT;
		/// From an assessor's leave to the return of the stake.
		unbonding_period: BlockNumber = 14 * DAYS, in 3 => YEAR_OF_BLOCKS;
		/// Share of the voting weight's stake that a committed vote puts at risk.
		slice: Perbill = percent(5), in percent(0) => percent(50);
		/// Percentage points around the verdict within which a vote agrees with it.
		tolerance: u8 = 10, in 0 => 50;
		/// Share of the weight that must agree before those outside lose their slice.
		// Two thirds, and not a billionth more: exactly two thirds do agree.
		consensus: Perbill = Perbill::from_parts(666_666_666), in percent(50) => percent(100);
		/// Share of what an incident has reserved up to which claims need no vote.
		optimistic_share: Perbill = percent(10), in percent(0) => percent(100);
		/// Share of all assessor weight behind a verdict that a simple majority can no longer change.
		strong_verdict: Perbill = percent(50), in percent(0) => percent(100);
		/// Referenda on cases that run at once.
		max_referenda: u32 = 8, in 1 => 32;
		/// How many of them may be about incidents.
		max_incident_referenda: u32 = 4, in 1 => 32;
		/// Incidents of one product that wait while another is judged.
		max_waiting_incidents: u32 = 4, in 1 => 16;
		/// How long a report and a rejection make the next bond dearer.
		report_decay: Seconds = 90 * DAY, in 1 => TEN_YEARS;
		/// How old a feed's value may be: it counts for so long, until the next one comes.
		feed_max_age: Seconds = DAY / 24, in 1 => DAY;
		/// Share of an averaging window in which a feed must have been fresh.
		min_fresh: Perbill = percent(80), in percent(50) => percent(100);
		/// How long an instant payout counts against a product's instant limit.
		instant_window: Seconds = 30 * DAY, in 1 => 366 * DAY;
	} where {
		max_weight: |c| c.max_weight >= c.min_stake;
		max_incident_referenda: |c| c.max_incident_referenda <= c.max_referenda;
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	#[test]
	fn production_values_pass_their_own_check() {
		let groups = [
			Parameters::Governance(Default::default()),
			Parameters::Pricing(Default::default()),
			Parameters::Pools(Default::default()),
			Parameters::Cover(Default::default()),
			Parameters::Claims(Default::default()),
		];
		for group in groups {
			assert_eq!(group.check(), Ok(()));
		}
	}

	#[test]
	fn ends_of_bounds_are_never_blamed_on_the_bound_itself() {
		// An end may still be at odds with another field's production value: then a rule is to blame, not the bound.
		let rules = [
			GovernanceField::fast_track_voting_period,
			GovernanceField::vote_locking_period,
		];
		for group in Governance::extremes() {
			if let Err(field) = group.check() {
				assert!(rules.contains(&field), "{field:?} of {group:?}");
			}
		}
		for group in Claims::extremes() {
			if let Err(field) = group.check() {
				assert!(
					[ClaimsField::max_weight, ClaimsField::max_incident_referenda].contains(&field),
					"{field:?} of {group:?}"
				);
			}
		}
		for group in Pricing::extremes() {
			if let Err(field) = group.check() {
				assert!(
					[PricingField::min_rate, PricingField::min_probability].contains(&field),
					"{field:?}"
				);
			}
		}
		for group in Pools::extremes() {
			if let Err(field) = group.check() {
				assert_eq!(field, PoolsField::change_delay);
			}
		}
		for group in Cover::extremes() {
			if let Err(field) = group.check() {
				assert_eq!(field, CoverField::min_period);
			}
		}
	}

	#[test]
	fn field_is_named_when_it_is_out_of_bounds() {
		let check = |change: fn(&mut Governance)| {
			let mut group = Governance::default();
			change(&mut group);
			Parameters::Governance(group).check()
		};
		// Zero periods would divide by zero in democracy's block work.
		assert_eq!(
			check(|g| g.launch_period = 0),
			Err(Field::Governance(GovernanceField::launch_period))
		);
		assert_eq!(
			check(|g| g.voting_period = 0),
			Err(Field::Governance(GovernanceField::voting_period))
		);
		assert_eq!(
			check(|g| g.voting_period = u32::MAX),
			Err(Field::Governance(GovernanceField::voting_period))
		);
		assert_eq!(
			check(|g| g.minimum_deposit = 0),
			Err(Field::Governance(GovernanceField::minimum_deposit))
		);
	}

	#[test]
	fn rule_between_fields_names_the_one_to_change() {
		let mut pools = Pools::default();
		pools.change_delay = pools.withdrawal_cooldown;
		assert_eq!(pools.check(), Err(PoolsField::change_delay));
		let mut claims = Claims::default();
		claims.max_weight = claims.min_stake - 1;
		assert_eq!(claims.check(), Err(ClaimsField::max_weight));
	}

	#[test]
	fn error_with_a_field_fits_into_a_module_error() {
		let widest = Field::Claims(ClaimsField::instant_window).encode();
		// One more byte is the error's own index.
		assert!(widest.len() < frame_support::MAX_MODULE_ERROR_ENCODED_SIZE);
	}
}
