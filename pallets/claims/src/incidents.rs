//! Incidents, the claims under them, and how both are paid.

use crate::{
	Budget, Budgets, CaseId, Cases, Claim, ClaimState, Claims, Config, Docket, Dockets, Error, Event,
	Evidence, Incident, IncidentOf, IncidentState, Incidents, NextIncident, OpenIncidents, Pallet, Payout,
	Records, Rejections, Subject, WeightInfo,
};
use frame_support::{pallet_prelude::*, storage::with_storage_layer};
use frame_system::pallet_prelude::BlockNumberFor;
use lutine_math::claims::{award, report_bond};
use lutine_primitives::{
	Balance,
	insurance::{AssetId, Coverage, IncidentId, Insured, Payment, PolicyId, ProductId, Reserving, Trigger},
	time::{Deadlines, Seconds},
};
use sp_runtime::{ArithmeticError, Perbill};

/// Assets that the budgets of an incident are in, at most: as many as a product is sold in, of today and before.
const MAX_BUDGETS: u32 = 64;

impl<T: Config> Pallet<T> {
	// ------------------------------------------------------------------------------------------ Reports

	/// Records an incident.
	pub(crate) fn open_incident(incident: IncidentOf<T>) -> Result<IncidentId, DispatchError> {
		let id = NextIncident::<T>::get();
		NextIncident::<T>::put(id.checked_add(1).ok_or(ArithmeticError::Overflow)?);
		Records::<T>::mutate(incident.product, |record| {
			record.incidents = record.incidents.saturating_add(1);
		});
		Incidents::<T>::insert(id, incident);
		Ok(id)
	}

	/// What a report on a product takes as a bond now.
	pub(crate) fn bond_of_report(insured: &Insured, docket: &Docket) -> Result<Balance, DispatchError> {
		let (parameters, now) = (T::Parameters::get(), Self::now());
		let decay = parameters.report_decay;
		let reports = docket.open().saturating_add(docket.rejected.count(now, decay));
		let rejections = insured
			.instant_limits
			.iter()
			.map(|(asset, _)| Rejections::<T>::get(asset).count(now, decay))
			.max()
			.unwrap_or(0);
		let mut bond = report_bond(parameters.bond, reports, rejections).ok_or(ArithmeticError::Overflow)?;
		if Self::is_full(docket)
			&& let Some((_, lowest)) = Self::lowest_waiting(docket)
		{
			bond = bond.max(lowest.checked_mul(2).ok_or(ArithmeticError::Overflow)?);
		}
		Ok(bond)
	}

	/// Whether no further case can wait.
	fn is_full(docket: &Docket) -> bool {
		docket.judged.is_some() && docket.waiting.len() as u32 >= T::Parameters::get().max_waiting_incidents
	}

	/// The place of the waiting case with the lowest bond, the latest of those, and the bond.
	fn lowest_waiting(docket: &Docket) -> Option<(usize, Balance)> {
		let bonds = docket.waiting.iter().map(|case| {
			// Whatever waits is a case.
			Cases::<T>::get(case).map_or(0, |case| case.opener.bond)
		});
		bonds
			.enumerate()
			.min_by_key(|(place, bond)| (*bond, core::cmp::Reverse(*place)))
	}

	pub(crate) fn do_report(
		who: T::AccountId,
		product: ProductId,
		happened: Seconds,
		evidence: Evidence,
		max_bond: Balance,
	) -> DispatchResult {
		let insured = T::Coverage::product(product).ok_or(Error::<T>::UnknownProduct)?;
		ensure!(
			insured.trigger == Trigger::Assessed,
			Error::<T>::ParametricProduct
		);
		ensure!(happened <= Self::now(), Error::<T>::InTheFuture);
		let mut docket = Dockets::<T>::get(product);
		let bond = Self::bond_of_report(&insured, &docket)?;
		ensure!(bond <= max_bond, Error::<T>::BondTooHigh);
		if Self::is_full(&docket)
			&& let Some((place, _)) = Self::lowest_waiting(&docket)
		{
			let made = Self::displace(docket.waiting.remove(place))?;
			docket.displaced = Some(docket.displaced.map_or(made, |first| first.min(made)));
		}
		// A report that was in time is not too late because others displaced it: nothing was released since, for as long
		// as no place was free something was undecided. What happened later nobody can have reported then.
		let reported = docket
			.displaced
			.filter(|made| happened <= *made)
			.unwrap_or_else(Self::now);

		let id = NextIncident::<T>::get();
		let fee = T::Parameters::get().assessors_fee;
		let subject = Subject::Incident { incident: id };
		let (number, mut case) = Self::open_case(subject, 100, who.clone(), bond, fee, Some(evidence))?;
		Self::open_incident(Incident {
			product,
			happened,
			reported,
			reporter: who.clone(),
			subsidies: 0,
			state: IncidentState::Judged { case: number },
		})?;
		Self::deposit_event(Event::Reported {
			incident: id,
			case: number,
			product,
			happened,
			reporter: who,
			bond,
		});
		T::Coverage::freeze(product)?;
		if docket.judged.is_none() {
			docket.judged = Some(number);
			Self::begin_round(number, &mut case)?;
		} else {
			docket
				.waiting
				.try_push(number)
				.map_err(|_| ArithmeticError::Overflow)?;
		}
		Cases::<T>::insert(number, case);
		Dockets::<T>::insert(product, docket);
		Ok(())
	}

	/// Removes a waiting report that another one takes the place of. Returns when it was made.
	fn displace(number: CaseId) -> Result<Seconds, DispatchError> {
		let case = Cases::<T>::take(number).ok_or(Error::<T>::UnknownCase)?;
		crate::Evidences::<T>::remove(number, crate::Role::Opener);
		let held = case
			.opener
			.bond
			.checked_add(case.fee)
			.ok_or(ArithmeticError::Overflow)?;
		Self::return_bond(&case.opener.who, held)?;
		let incident = case.subject.incident();
		let made = Incidents::<T>::try_mutate(incident, |incident| {
			let incident = incident.as_mut().ok_or(Error::<T>::UnknownIncident)?;
			incident.state = IncidentState::Displaced;
			Ok::<_, DispatchError>(incident.reported)
		})?;
		Self::deposit_event(Event::Displaced { incident });
		Ok(made)
	}

	/// Stores what is undecided about a product, and frees what it kept where nothing is.
	pub(crate) fn put_docket(product: ProductId, mut docket: Docket) -> DispatchResult {
		if !docket.is_undecided() {
			docket.displaced = None;
			T::Coverage::thaw(product)?;
		}
		if docket == Docket::default() {
			Dockets::<T>::remove(product);
		} else {
			Dockets::<T>::insert(product, docket);
		}
		Ok(())
	}

	// ------------------------------------------------------------------------------------------ Verdicts

	/// The case of an incident is final.
	pub(crate) fn incident_is_decided(id: IncidentId, outcome: u8) -> DispatchResult {
		let mut incident = Incidents::<T>::get(id).ok_or(Error::<T>::UnknownIncident)?;
		let product = incident.product;
		let insured = T::Coverage::product(product).ok_or(Error::<T>::UnknownProduct)?;
		let mut docket = Dockets::<T>::get(product);
		if outcome > 0 {
			Self::accept(id, &mut incident, &insured, outcome)?;
			docket.looked_at = None;
		} else {
			let (now, decay) = (Self::now(), T::Parameters::get().report_decay);
			incident.state = IncidentState::Rejected;
			OpenIncidents::<T>::remove(id);
			// What a feed proved nobody reported.
			if insured.trigger != Trigger::Assessed {
				// Nothing was paid for the fall. Where it goes on, or another one follows before the feed has been back, the days
				// that were not looked at prove that.
				docket.fired = None;
			} else {
				docket.rejected.add(now, decay);
				for (asset, _) in &insured.instant_limits {
					Rejections::<T>::mutate(asset, |rejected| rejected.add(now, decay));
				}
			}
			Records::<T>::mutate(product, |record| {
				record.rejected = record.rejected.saturating_add(1);
			});
			Self::deposit_event(Event::IncidentRejected {
				incident: id,
				product,
			});
		}
		Incidents::<T>::insert(id, incident);

		docket.judged = None;
		if !docket.waiting.is_empty() {
			let next = docket.waiting.remove(0);
			let mut case = Cases::<T>::get(next).ok_or(Error::<T>::UnknownCase)?;
			Self::begin_round(next, &mut case)?;
			Cases::<T>::insert(next, case);
			docket.judged = Some(next);
		}
		Self::put_docket(product, docket)
	}

	/// Sets aside what an incident may cost, and opens it to claims, or to be paid.
	pub(crate) fn accept(
		id: IncidentId,
		incident: &mut IncidentOf<T>,
		insured: &Insured,
		verdict: u8,
	) -> DispatchResult {
		let product = incident.product;
		T::Coverage::accept(id, product, Perbill::from_percent(verdict.into()))?;
		let until = Self::now().saturating_add(insured.claim_window);
		incident.state = IncidentState::Accepted {
			verdict,
			until,
			not_before: Self::in_blocks(T::Parameters::get().dispute_period),
			open: 0,
			payout: match insured.trigger {
				Trigger::Assessed => Payout::Claims,
				Trigger::Parametric { .. } => Payout::Batch { after: None },
			},
		};
		OpenIncidents::<T>::insert(id, ());
		Records::<T>::mutate(product, |record| {
			record.accepted = record.accepted.saturating_add(1);
		});
		Self::deposit_event(Event::IncidentAccepted {
			incident: id,
			product,
			verdict,
			until,
		});
		Ok(())
	}

	// ------------------------------------------------------------------------------------------ Claims

	/// Changes the number of claims under an incident that are not settled.
	fn count_open(incident: &mut IncidentOf<T>, more: bool) -> DispatchResult {
		let IncidentState::Accepted { open, .. } = &mut incident.state else {
			return Err(Error::<T>::NoClaims.into());
		};
		*open = if more {
			open.checked_add(1)
		} else {
			open.checked_sub(1)
		}
		.ok_or(ArithmeticError::Overflow)?;
		Ok(())
	}

	/// The last second, as far as is known now, in which claims are filed under an incident on a product whose window is
	/// over at `until` for who can file at any time.
	pub(crate) fn filed_until(product: ProductId, until: Seconds) -> Seconds {
		let window = T::Coverage::claim_window(product).unwrap_or(0);
		T::Deadlines::extended(until.saturating_sub(window), until)
	}

	/// Whether no more claims are filed under an incident. Once they are not, they never are again.
	fn is_window_over(product: ProductId, until: Seconds, not_before: BlockNumberFor<T>) -> bool {
		// What takes the most is asked last.
		Self::block() > not_before && Self::now() > until && Self::now() > Self::filed_until(product, until)
	}

	/// Whether claims are still made under an incident, and how much of the product it says was lost.
	fn ensure_claimable(incident: &IncidentOf<T>) -> Result<u8, DispatchError> {
		match incident.state {
			IncidentState::Accepted {
				verdict,
				until,
				not_before,
				payout: Payout::Claims,
				..
			} if !Self::is_window_over(incident.product, until, not_before) => Ok(verdict),
			IncidentState::Accepted {
				payout: Payout::Batch { .. } | Payout::Done,
				..
			} => Err(Error::<T>::ParametricProduct.into()),
			_ => Err(Error::<T>::NoClaims.into()),
		}
	}

	pub(crate) fn do_file(
		who: T::AccountId,
		id: IncidentId,
		policy: PolicyId,
		loss: Balance,
		evidence: Evidence,
	) -> DispatchResult {
		let mut incident = Incidents::<T>::get(id).ok_or(Error::<T>::UnknownIncident)?;
		let percent = Self::ensure_claimable(&incident)?;
		ensure!(!Claims::<T>::contains_key(id, policy), Error::<T>::AlreadyClaimed);
		ensure!(loss > 0, Error::<T>::ZeroLoss);
		let insured = T::Coverage::in_force(policy, incident.product, incident.happened, incident.reported)?;
		ensure!(insured.holder == who, Error::<T>::NotTheHolder);
		let loss = loss.min(insured.amount);
		T::Coverage::open_claim(policy)?;

		let parameters = T::Parameters::get();
		let subject = Subject::Claim { incident: id, policy };
		let (number, mut case) = Self::open_case(
			subject,
			100,
			who,
			parameters.bond,
			parameters.assessors_fee,
			Some(evidence),
		)?;
		Self::deposit_event(Event::Filed {
			incident: id,
			policy,
			case: number,
			loss,
		});
		let most = award(
			loss,
			insured.amount,
			percent,
			100,
			insured.deductible,
			insured.amount,
		);
		let mut counted = 0;
		if loss <= insured.optimistic_limit
			&& Self::count_award(id, &incident, percent, &insured.asset, most)?
		{
			counted = most;
			Self::propose(number, &mut case);
		} else {
			Self::begin_round(number, &mut case)?;
		}
		Cases::<T>::insert(number, case);
		Claims::<T>::insert(
			id,
			policy,
			Claim {
				asset: insured.asset,
				loss,
				deductible: insured.deductible,
				filed: Self::now(),
				state: ClaimState::Judged {
					case: number,
					counted,
				},
			},
		);
		Self::count_open(&mut incident, true)?;
		Records::<T>::mutate(incident.product, |record| {
			record.filed = record.filed.saturating_add(1);
		});
		Incidents::<T>::insert(id, incident);
		Ok(())
	}

	/// Whether so much more may be awarded under an incident without a vote; counts it then.
	fn count_award(
		id: IncidentId,
		incident: &IncidentOf<T>,
		percent: u8,
		asset: &AssetId,
		most: Balance,
	) -> Result<bool, DispatchError> {
		// Reckoned when the first one in the asset is filed: nothing was paid under it before.
		let mut budget = Budgets::<T>::get(id, asset).unwrap_or_else(|| {
			let reserved =
				Perbill::from_percent(percent.into()) * T::Coverage::exposure(incident.product, asset);
			Budget {
				limit: T::Parameters::get().optimistic_share * reserved,
				used: 0,
			}
		});
		let used = budget.used.checked_add(most).ok_or(ArithmeticError::Overflow)?;
		let fits = used <= budget.limit;
		if fits {
			budget.used = used;
		}
		Budgets::<T>::insert(id, asset, budget);
		Ok(fits)
	}

	/// A claim that needed no vote needs one.
	pub(crate) fn claim_is_challenged(subject: Subject) -> DispatchResult {
		let Subject::Claim { incident, policy } = subject else {
			return Ok(());
		};
		let mut claim = Claims::<T>::get(incident, policy).ok_or(Error::<T>::UnknownClaim)?;
		if let ClaimState::Judged { counted, .. } = &mut claim.state {
			let freed = core::mem::take(counted);
			if let Some(mut budget) = Budgets::<T>::get(incident, &claim.asset) {
				budget.used = budget.used.saturating_sub(freed);
				Budgets::<T>::insert(incident, &claim.asset, budget);
			}
			Claims::<T>::insert(incident, policy, claim);
		}
		Ok(())
	}

	/// The case of a claim is final.
	pub(crate) fn claim_is_decided(id: IncidentId, policy: PolicyId, outcome: u8) -> DispatchResult {
		let mut incident = Incidents::<T>::get(id).ok_or(Error::<T>::UnknownIncident)?;
		let claim = Claims::<T>::get(id, policy).ok_or(Error::<T>::UnknownClaim)?;
		Records::<T>::mutate(incident.product, |record| {
			let counter = if outcome > 0 {
				&mut record.approved
			} else {
				&mut record.denied
			};
			*counter = counter.saturating_add(1);
		});
		if outcome == 0 {
			Self::deposit_event(Event::ClaimDenied { incident: id, policy });
			T::Coverage::settle_claim(policy)?;
			Self::count_open(&mut incident, false)?;
			Self::put_claim(id, policy, claim, ClaimState::Denied);
		} else {
			match Self::pay(id, policy, &incident, &claim, outcome) {
				Ok(payment) => {
					T::Coverage::settle_claim(policy)?;
					Self::count_open(&mut incident, false)?;
					Self::put_paid(id, policy, &incident, claim, outcome, payment);
				}
				Err(error) => Self::put_due(id, policy, claim, outcome, error),
			}
		}
		Incidents::<T>::insert(id, incident);
		Ok(())
	}

	fn put_claim(id: IncidentId, policy: PolicyId, claim: Claim, state: ClaimState) {
		Claims::<T>::insert(id, policy, Claim { state, ..claim });
	}

	/// A claim was approved and cannot be paid now.
	fn put_due(id: IncidentId, policy: PolicyId, claim: Claim, verdict: u8, error: DispatchError) {
		Self::put_claim(id, policy, claim, ClaimState::Due { verdict });
		Self::deposit_event(Event::PaymentFailed {
			incident: id,
			policy,
			error,
		});
	}

	fn put_paid(
		id: IncidentId,
		policy: PolicyId,
		incident: &IncidentOf<T>,
		claim: Claim,
		verdict: u8,
		payment: Payment,
	) {
		let waited = Self::now().saturating_sub(claim.filed);
		Records::<T>::mutate(incident.product, |record| {
			record.paid = record.paid.saturating_add(1);
			record.payout_seconds = record.payout_seconds.saturating_add(waited);
		});
		let Payment { paid, arrears } = payment;
		Self::put_claim(
			id,
			policy,
			claim,
			ClaimState::Paid {
				verdict,
				paid,
				arrears,
			},
		);
		Self::deposit_event(Event::ClaimPaid {
			incident: id,
			policy,
			paid,
			arrears,
		});
	}

	/// Whether something is worth the treasury's money where so much of it is true: an incident where anything is, a claim
	/// where that is paid anything.
	pub(crate) fn is_worth_judging(subject: &Subject, percent: u8) -> bool {
		let Subject::Claim { incident, policy } = *subject else {
			return percent > 0;
		};
		let (Some(incident), Some(claim)) =
			(Incidents::<T>::get(incident), Claims::<T>::get(incident, policy))
		else {
			return false;
		};
		let IncidentState::Accepted { verdict, .. } = incident.state else {
			return false;
		};
		Self::award_of(policy, &claim, verdict, percent) > 0
	}

	/// What a claim is paid where so much of it, and so much of the product, was lost.
	fn award_of(policy: PolicyId, claim: &Claim, verdict: u8, percent: u8) -> Balance {
		award(
			claim.loss,
			claim.loss,
			verdict,
			percent,
			claim.deductible,
			T::Coverage::left(policy),
		)
	}

	/// Pays a claim, or changes nothing.
	fn pay(
		id: IncidentId,
		policy: PolicyId,
		incident: &IncidentOf<T>,
		claim: &Claim,
		percent: u8,
	) -> Result<Payment, DispatchError> {
		let IncidentState::Accepted { verdict, .. } = incident.state else {
			return Err(Error::<T>::NoClaims.into());
		};
		let award = Self::award_of(policy, claim, verdict, percent);
		if award == 0 {
			return Ok(Payment::default());
		}
		with_storage_layer(|| T::Coverage::pay(id, policy, award))
	}

	pub(crate) fn do_pay_claim(id: IncidentId, policy: PolicyId) -> DispatchResult {
		let mut incident = Incidents::<T>::get(id).ok_or(Error::<T>::UnknownIncident)?;
		let claim = Claims::<T>::get(id, policy).ok_or(Error::<T>::UnknownClaim)?;
		let ClaimState::Due { verdict } = claim.state else {
			return Err(Error::<T>::NothingDue.into());
		};
		let payment = Self::pay(id, policy, &incident, &claim, verdict)?;
		if matches!(
			incident.state,
			IncidentState::Accepted {
				payout: Payout::Claims,
				..
			}
		) {
			T::Coverage::settle_claim(policy)?;
		}
		Self::count_open(&mut incident, false)?;
		Self::put_paid(id, policy, &incident, claim, verdict, payment);
		Incidents::<T>::insert(id, incident);
		Ok(())
	}

	// ------------------------------------------------------------------------------------------ Batches

	/// Pays the next policies hit by an incident that a feed proved, as many as may be, and as `within` is enough for, but
	/// one at least. Returns how many were looked at, and what that took.
	pub(crate) fn do_pay_batch(
		id: IncidentId,
		most: u32,
		within: Weight,
	) -> Result<(u32, Weight), DispatchError> {
		ensure!(most > 0, Error::<T>::ZeroAmount);
		let mut incident = Incidents::<T>::get(id).ok_or(Error::<T>::UnknownIncident)?;
		let IncidentState::Accepted {
			payout: Payout::Batch { after },
			..
		} = incident.state
		else {
			return Err(Error::<T>::NothingToPay.into());
		};
		let policies = T::Coverage::policies(incident.product, after, most);
		let each = Self::each_weight();
		// Nearly always no pool is behind, and then none is later in the same block.
		let behind = T::Reserving::settle_all_weight(incident.product);
		let is_behind = behind.any_gt(T::DbWeight::get().reads(1));
		let mut used = <T as Config>::WeightInfo::pay_batch(0);
		let mut last = None;
		let mut looked_at: u32 = 0;
		for policy in &policies {
			// Every payment brings its pools to now as far as one call may: those left for long have some way to go with each.
			let settling = if is_behind {
				T::Coverage::settle_weight(*policy)
			} else {
				Weight::zero()
			};
			let next = used.saturating_add(each).saturating_add(settling);
			if looked_at > 0 && next.any_gt(within) {
				break;
			}
			Self::pay_unasked(id, *policy, &mut incident)?;
			(used, last, looked_at) = (next, Some(*policy), looked_at.saturating_add(1));
		}
		let done = policies.len() < most as usize && looked_at as usize == policies.len();
		if let IncidentState::Accepted { payout, .. } = &mut incident.state {
			*payout = if done {
				Payout::Done
			} else {
				Payout::Batch { after: last }
			};
		}
		Incidents::<T>::insert(id, incident);
		Self::deposit_event(Event::BatchPaid {
			incident: id,
			policies: looked_at,
			done,
		});
		Ok((looked_at, used))
	}

	/// Pays a policy all that it insures under an incident that a feed proved, if it was in force.
	fn pay_unasked(id: IncidentId, policy: PolicyId, incident: &mut IncidentOf<T>) -> DispatchResult {
		let in_force = T::Coverage::in_force(policy, incident.product, incident.happened, incident.reported);
		let Ok(insured) = in_force else {
			return Ok(());
		};
		let claim = Claim {
			asset: insured.asset,
			loss: insured.amount,
			deductible: insured.deductible,
			filed: incident.reported,
			state: ClaimState::Due { verdict: 100 },
		};
		Records::<T>::mutate(incident.product, |record| {
			record.filed = record.filed.saturating_add(1);
			record.approved = record.approved.saturating_add(1);
		});
		match Self::pay(id, policy, incident, &claim, 100) {
			Ok(payment) => Self::put_paid(id, policy, incident, claim, 100, payment),
			Err(error) => {
				// The incident stays open for it, which keeps the policy from being cancelled or closed.
				Self::count_open(incident, true)?;
				Self::put_due(id, policy, claim, 100, error);
			}
		}
		Ok(())
	}

	// ------------------------------------------------------------------------------------------ Moving on

	pub(crate) fn do_poke_incident(id: IncidentId) -> DispatchResult {
		let incident = Incidents::<T>::get(id).ok_or(Error::<T>::UnknownIncident)?;
		match incident.state {
			IncidentState::Observed { .. } => Self::observe(id, incident),
			IncidentState::Accepted {
				verdict,
				until,
				not_before,
				open,
				payout,
			} => {
				let is_over = match payout {
					Payout::Claims => Self::is_window_over(incident.product, until, not_before),
					Payout::Batch { .. } => false,
					Payout::Done => true,
				};
				ensure!(is_over && open == 0, Error::<T>::IncidentOpen);
				T::Coverage::close(id, incident.product)?;
				OpenIncidents::<T>::remove(id);
				// The assets that a product is sold in are few.
				let _ = Budgets::<T>::clear_prefix(id, MAX_BUDGETS, None);
				Incidents::<T>::insert(
					id,
					Incident {
						state: IncidentState::Closed { verdict },
						..incident
					},
				);
				Self::deposit_event(Event::IncidentClosed { incident: id });
				Ok(())
			}
			_ => Err(Error::<T>::NothingDue.into()),
		}
	}

	// ------------------------------------------------------------------------------------------ Weights

	/// What concluding the case of a claim takes.
	pub(crate) fn claim_weight(policy: PolicyId) -> Weight {
		<T as Config>::WeightInfo::conclude_claim()
			.saturating_add(T::Coverage::notice_weight())
			.saturating_add(T::Coverage::settle_weight(policy))
	}

	/// The most that moving a case on takes.
	pub(crate) fn poke_weight(id: CaseId) -> Weight {
		let step = <T as Config>::WeightInfo::poke();
		match Cases::<T>::get(id).map(|case| case.subject) {
			Some(Subject::Claim { policy, .. }) => step.max(Self::claim_weight(policy)),
			_ => step.max(<T as Config>::WeightInfo::conclude_incident()),
		}
	}

	/// What it takes to know whether claims are still filed: the product's window, and what deadlines wait for.
	fn window_weight() -> Weight {
		T::DbWeight::get().reads(1).saturating_add(T::Deadlines::weight())
	}

	/// What filing a claim takes.
	pub(crate) fn file_weight() -> Weight {
		<T as Config>::WeightInfo::file().saturating_add(Self::window_weight())
	}

	/// What moving an incident on takes.
	pub(crate) fn poke_incident_weight() -> Weight {
		<T as Config>::WeightInfo::poke_incident().saturating_add(Self::window_weight())
	}

	// What calls announce is asked of them before anybody has paid for the answer, and as often as they fit into a
	// transaction: they say the most that they can take without looking at a pool, and what they did not use is not paid.

	/// The most that concluding the case of a claim takes.
	fn worst_claim_weight() -> Weight {
		<T as Config>::WeightInfo::conclude_claim()
			.saturating_add(T::Coverage::notice_weight())
			.saturating_add(T::Coverage::worst_settle_weight())
	}

	/// The most that moving any case on takes.
	pub(crate) fn worst_poke_weight() -> Weight {
		<T as Config>::WeightInfo::poke()
			.max(<T as Config>::WeightInfo::conclude_incident())
			.max(Self::worst_claim_weight())
	}

	/// What a payment takes.
	pub(crate) fn pay_weight(policy: PolicyId) -> Weight {
		<T as Config>::WeightInfo::pay_claim()
			.saturating_add(T::Coverage::notice_weight())
			.saturating_add(T::Coverage::settle_weight(policy))
	}

	/// The most that any payment takes.
	pub(crate) fn worst_pay_weight() -> Weight {
		<T as Config>::WeightInfo::pay_claim()
			.saturating_add(T::Coverage::notice_weight())
			.saturating_add(T::Coverage::worst_settle_weight())
	}

	/// What paying one more policy of a batch takes, where no pool is behind.
	pub(crate) fn each_weight() -> Weight {
		<T as Config>::WeightInfo::pay_batch(1)
			.saturating_sub(<T as Config>::WeightInfo::pay_batch(0))
			.saturating_add(T::Coverage::notice_weight())
	}

	/// What paying so many policies takes, where no pool is behind.
	fn policies_weight(policies: u32) -> Weight {
		<T as Config>::WeightInfo::pay_batch(policies)
			.saturating_add(T::Coverage::notice_weight().saturating_mul(policies.into()))
	}

	/// The most that paying a batch takes: the pools of one policy may be as far behind as can be. Where they are, a large
	/// batch ends before its last policy.
	pub(crate) fn worst_batch_weight(policies: u32) -> Weight {
		let one = Self::policies_weight(1).saturating_add(T::Coverage::worst_settle_weight());
		Self::policies_weight(policies).max(one)
	}

	/// The most that any recovery takes.
	pub(crate) fn worst_recover_weight() -> Weight {
		<T as Config>::WeightInfo::recover().saturating_add(T::Reserving::worst_settle_all_weight())
	}

	/// What settling the pools of an incident's product takes.
	fn pools_weight(id: IncidentId) -> Weight {
		Incidents::<T>::get(id).map_or_else(Weight::zero, |incident| {
			T::Reserving::settle_all_weight(incident.product)
		})
	}

	pub(crate) fn batch_weight(id: IncidentId, policies: u32) -> Weight {
		Self::policies_weight(policies).saturating_add(Self::pools_weight(id))
	}

	pub(crate) fn recover_weight(id: IncidentId) -> Weight {
		<T as Config>::WeightInfo::recover().saturating_add(Self::pools_weight(id))
	}
}
