//! Reports of incidents: what they take, which is judged when, and what they stop.

use super::*;
use crate::api;
use frame_support::assert_noop;
use lutine_primitives::insurance::{Coverage, InForce};
use sp_runtime::DispatchError;

const DECAY: Seconds = 90 * DAY;

/// What a report on a product takes now.
fn bond(product: ProductId) -> Balance {
	Claims::report_bond(product).unwrap()
}

/// Assessors say that nothing happened, and nobody disputes it.
fn rejected(product: ProductId) -> IncidentId {
	let (incident, case) = report(product);
	conclude(case, 0);
	incident
}

/// The cases that wait, and what was put up for each.
fn waiting(product: ProductId) -> Vec<(CaseId, Balance)> {
	docket(product)
		.waiting
		.iter()
		.map(|id| (*id, case(*id).opener.bond))
		.collect()
}

fn in_force(incident: IncidentId, policy: PolicyId) -> Result<InForce<AccountId>, DispatchError> {
	let incident = self::incident(incident);
	<Cover as Coverage<AccountId>>::in_force(policy, incident.product, incident.happened, incident.reported)
}

// ---------------------------------------------------------------------------------------------- Reports

#[test]
fn incident_is_reported_with_a_bond_and_judged_at_once() {
	build_and_execute(|| {
		let (product, _) = market();
		run_to(5);
		let happened = now() - 100;
		assert_ok!(Claims::report(
			signed(REPORTER),
			product,
			happened,
			uri(),
			hash(),
			BOND
		));
		assert_eq!(
			incident(0),
			Incident {
				product,
				happened,
				reported: now(),
				reporter: REPORTER,
				subsidies: 0,
				state: IncidentState::Judged { case: 0 },
			}
		);
		let phase = Phase::Assessing {
			commit_until: 5 + COMMIT,
			reveal_until: 5 + COMMIT + REVEAL,
		};
		assert_eq!(
			case(0),
			Case {
				subject: Subject::Incident { incident: 0 },
				proposal: 100,
				alternative: 0,
				opener: Party {
					who: REPORTER,
					bond: BOND,
				},
				challenger: None,
				upward: None,
				downward: None,
				fee: FEE,
				fee_spent: true,
				verdict: None,
				is_strong: false,
				restarted: false,
				phase,
			}
		);
		assert!(was_told(&Event::Reported {
			incident: 0,
			case: 0,
			product,
			happened,
			reporter: REPORTER,
			bond: BOND,
		}));
		assert!(was_told(&Event::AssessmentBegan {
			case: 0,
			commit_until: 5 + COMMIT,
			reveal_until: 5 + COMMIT + REVEAL,
		}));
		assert_eq!(Evidences::<Test>::get(0, Role::Opener), Some(evidence()));
		assert_eq!(on_hold(HoldReason::Bond, &REPORTER), BOND);
		assert_eq!(native(&Claims::account()), SEED + FEE);
		assert_eq!(docket(product).judged, Some(0));
		assert_eq!(Records::<Test>::get(product).incidents, 1);
	});
}

#[test]
fn report_is_refused_when_something_is_wrong_with_it() {
	build_and_execute(|| {
		let (product, _) = market();
		let of = |product, happened, uri: Vec<u8>, most| {
			Claims::report(signed(REPORTER), product, happened, uri, hash(), most)
		};
		assert_noop!(of(product, now() + 1, uri(), BOND), Error::InTheFuture);
		assert_noop!(of(product + 1, now(), uri(), BOND), Error::UnknownProduct);
		assert_noop!(of(product, now(), uri(), BOND - 1), Error::BondTooHigh);
		assert_noop!(of(product, now(), vec![], BOND), Error::BadUri);
		assert_noop!(of(product, now(), vec![b'x'; 129], BOND), Error::EvidenceTooLong);
		assert_noop!(try_report(account(99), product), Error::BondNotThere);
		// One that was proposed and never listed.
		let proposed = pallet_cover::NextProduct::<Test>::get();
		assert_ok!(Cover::propose(signed(ALICE), proposal()));
		assert_noop!(try_report(REPORTER, proposed), Error::UnknownProduct);
		assert_ok!(of(product, now(), uri(), BOND));
	});
}

#[test]
fn report_is_refused_when_a_feed_proves_incidents() {
	build_and_execute(|| {
		let mut proposal = proposal();
		proposal.trigger = parametric(2, 2, &[(95, 10), (50, 100)]);
		proposal.waiting_period = Some(2 * DAY);
		let product = list(proposal);
		assert_noop!(try_report(REPORTER, product), Error::ParametricProduct);
		assert_eq!(Claims::report_bond(product), None);
		assert_eq!(Claims::report_bond(product + 1), None);
		assert_eq!(FEED, 7);
	});
}

#[test]
fn incident_is_reported_when_the_product_is_paused_or_delisted() {
	build_and_execute(|| {
		let (paused, _) = market();
		let (delisted, _) = market();
		assert_ok!(Cover::pause(root(), paused));
		assert_ok!(Cover::delist(root(), delisted));
		for product in [paused, delisted] {
			assert_ok!(try_report(REPORTER, product));
			assert!(docket(product).is_undecided());
		}
	});
}

// ---------------------------------------------------------------------------------------------- Bonds

#[test]
fn bond_doubles_with_every_report_that_is_open() {
	build_and_execute(|| {
		let (product, _) = market();
		for (number, expected) in [1_000, 2_000, 4_000, 8_000, 16_000].into_iter().enumerate() {
			assert_eq!(bond(product), expected);
			let report = |most| Claims::report(signed(REPORTER), product, now(), uri(), hash(), most);
			assert_noop!(report(expected - 1), Error::BondTooHigh);
			assert_ok!(report(expected));
			assert_eq!(case(number as CaseId).opener.bond, expected);
		}
		// Five times at most.
		assert_eq!(bond(product), 32_000);
		assert_ok!(try_report(REPORTER, product));
		assert_eq!(bond(product), 32_000);
		// Another product has nothing to do with it.
		assert_eq!(bond(market().0), 1_000);
	});
}

#[test]
fn bond_grows_with_rejections_until_they_are_forgotten() {
	build_and_execute(|| {
		seated();
		let (product, _) = market();
		rejected(product);
		let at = now();
		assert_eq!(
			docket(product).rejected,
			Recent {
				thousandths: 1_000,
				at,
			}
		);
		assert_eq!(
			Rejections::<Test>::get(USD),
			Recent {
				thousandths: 1_000,
				at,
			}
		);
		// One of late on the product, and one in its asset: 2 * (1 + 1).
		assert_eq!(bond(product), 4_000);
		// However little is left of it counts.
		set_time(at + DECAY - 1);
		assert_eq!(bond(product), 4_000);
		set_time(at + DECAY);
		assert_eq!(bond(product), 1_000);
	});
}

#[test]
fn bond_counts_what_is_left_of_several_rejections() {
	build_and_execute(|| {
		seated();
		let (product, _) = market();
		rejected(product);
		let first = now();
		// Half of it is forgotten when the second one comes.
		run(1);
		let (_, case) = report(product);
		judge(case, &[0; 3]);
		settle_all(case);
		run_to(deadline(case) + 1);
		set_time(first + DECAY / 2);
		poke(case);
		assert_eq!(
			docket(product).rejected,
			Recent {
				thousandths: 1_500,
				at: now(),
			}
		);
		// Two, rounded up: 4 * (1 + 2).
		assert_eq!(bond(product), 12_000);
		// A third of it is gone after a third of the time; then it is one: 2 * (1 + 1).
		let second = now();
		set_time(second + DECAY / 3 - 1);
		assert_eq!(bond(product), 12_000);
		set_time(second + DECAY / 3);
		assert_eq!(bond(product), 4_000);
		set_time(second + DECAY);
		assert_eq!(bond(product), 1_000);
	});
}

#[test]
fn bond_grows_with_rejections_on_other_products_sold_in_the_same_asset() {
	build_and_execute(|| {
		seated();
		let dollars = list(sold_in(&[USD]));
		let euros = list(sold_in(&[EUR]));
		let others = list(sold_in(&[AssetId::Native]));
		let both = list(sold_in(&[EUR, USD]));
		rejected(dollars);
		// Nothing happened to them: 1 * (1 + 1).
		assert_eq!([euros, both, others].map(bond), [1_000, 2_000, 1_000]);
		rejected(dollars);
		rejected(euros);
		// The asset with most of them counts, not their sum.
		assert_eq!(bond(both), 3_000);
		assert_eq!(bond(euros), 2 * 2 * 1_000);
		assert_eq!(bond(dollars), 4 * 3 * 1_000);
		assert_eq!(bond(others), 1_000);
		// One that is sold in both is rejected in both.
		rejected(both);
		assert_eq!(
			[EUR, USD, AssetId::Native].map(|asset| Rejections::<Test>::get(asset).count(now(), DECAY)),
			[2, 3, 0]
		);
	});
}

#[test]
fn bond_does_not_grow_with_what_is_accepted_or_displaced() {
	build_and_execute(|| {
		seated();
		let (product, _) = market();
		let incident = accepted(product, 1);
		assert_eq!(bond(product), 1_000);
		assert_eq!(docket(product), Docket::default());
		assert!(!Dockets::<Test>::contains_key(product));
		assert_eq!(incident, 0);
		govern(|claims| claims.max_waiting_incidents = 1);
		for _ in 0..3 {
			report(product);
		}
		assert_eq!(docket(product).rejected, Recent::default());
		assert_eq!(docket(product).open(), 2);
	});
}

#[test]
fn bond_is_told_by_the_api_as_it_is_taken() {
	build_and_execute(|| {
		seated();
		let (product, _) = market();
		rejected(product);
		for _ in 0..8 {
			let expected = bond(product);
			let (_, id) = report(product);
			assert_eq!(case(id).opener.bond, expected);
		}
		let record: api::TrackRecord = Claims::report_record(Some(product));
		assert_eq!((record.record.incidents, record.record.rejected), (9, 1));
		assert_eq!(record, Claims::report_record(None));
	});
}

// ---------------------------------------------------------------------------------------------- Waiting

#[test]
fn incidents_of_a_product_are_judged_one_after_the_other() {
	build_and_execute(|| {
		seated();
		let (product, _) = market();
		let cases: Vec<_> = (0..4).map(|_| report(product).1).collect();
		assert_eq!(docket(product).judged, Some(cases[0]));
		assert_eq!(docket(product).waiting.to_vec(), cases[1..]);
		for id in &cases[1..] {
			assert_eq!(phase(*id), Phase::Waiting);
			assert!(!case(*id).fee_spent && !Rounds::<Test>::contains_key(id));
			assert_noop!(try_commit(&JUDGES[0], *id, 100), Error::CommitClosed);
		}
		// Bonds and fees of all, less the fee that is the assessors' already.
		let put_up = 1_000 + 2_000 + 4_000 + 8_000 + 3 * FEE;
		assert_eq!(on_hold(HoldReason::Bond, &REPORTER), put_up);
		for (place, id) in cases.iter().enumerate() {
			assert!(matches!(phase(*id), Phase::Assessing { .. }));
			conclude(*id, 0);
			let next = cases.get(place + 1);
			assert_eq!(docket(product).judged, next.copied());
			assert_eq!(
				docket(product).waiting.len(),
				cases.len().saturating_sub(place + 2)
			);
			if let Some(next) = next {
				assert_eq!(Rounds::<Test>::get(next).unwrap().opened, block());
				assert_eq!(Rounds::<Test>::get(next).unwrap().pot, FEE);
			}
		}
		assert_eq!(docket(product).rejected.count(now(), DECAY), 4);
	});
}

#[test]
fn incidents_of_two_products_are_judged_at_once() {
	build_and_execute(|| {
		seated();
		let cases = [report(market().0).1, report(market().0).1];
		judge_all(&cases, &[100; 3]);
		for case in cases {
			assert_eq!(self::case(case).verdict, Some(100));
		}
	});
}

#[test]
fn report_takes_the_place_of_the_lowest_bond_when_too_many_wait() {
	build_and_execute(|| {
		let (product, _) = market();
		let cases: Vec<_> = (0..5).map(|_| report(product).1).collect();
		assert_eq!(
			waiting(product),
			[
				(cases[1], 2_000),
				(cases[2], 4_000),
				(cases[3], 8_000),
				(cases[4], 16_000)
			]
		);
		let before = on_hold(HoldReason::Bond, &REPORTER);
		let (incident, case) = report_by(BOB, product);
		assert!(was_told(&Event::Displaced { incident: 1 }));
		assert_eq!(self::incident(1).state, IncidentState::Displaced);
		assert!(!Cases::<Test>::contains_key(cases[1]));
		assert!(!Evidences::<Test>::contains_key(cases[1], Role::Opener));
		assert_eq!(on_hold(HoldReason::Bond, &REPORTER), before - 2_000 - FEE);
		assert_eq!(on_hold(HoldReason::Bond, &BOB), 32_000 + FEE);
		// It is the last one now.
		assert_eq!(
			waiting(product),
			[
				(cases[2], 4_000),
				(cases[3], 8_000),
				(cases[4], 16_000),
				(case, 32_000)
			]
		);
		assert_eq!(self::incident(incident).state, IncidentState::Judged { case });
		// What is displaced cannot be moved on, or be judged any more.
		assert_noop!(try_poke(cases[1]), Error::UnknownCase);
		assert_noop!(Claims::poke_incident(signed(BOB), 1), Error::NothingDue);
		assert_noop!(
			Claims::file(signed(BUYER), 1, 0, 1, uri(), hash()),
			Error::NoClaims
		);
	});
}

#[test]
fn displacing_takes_twice_the_lowest_bond_when_that_is_more() {
	build_and_execute(|| {
		govern(|claims| claims.max_waiting_incidents = 1);
		let (product, _) = market();
		report(product);
		// 2 000, then 4 000 by either rule, then twice what waits.
		for expected in [2_000, 4_000, 8_000, 16_000, 32_000, 64_000] {
			assert_eq!(bond(product), expected);
			let most = |most| Claims::report(signed(REPORTER), product, now(), uri(), hash(), most);
			assert_noop!(most(expected - 1), Error::BondTooHigh);
			assert_ok!(most(expected));
			assert_eq!(waiting(product).len(), 1);
		}
		assert_eq!(on_hold(HoldReason::Bond, &REPORTER), 1_000 + 64_000 + FEE);
	});
}

#[test]
fn latest_of_equal_bonds_is_displaced() {
	build_and_execute(|| {
		govern(|claims| claims.max_waiting_incidents = 3);
		let (product, _) = market();
		report(product);
		// Governance has halved the bond since: three with the same one wait.
		let cases: Vec<_> = [1_000, 500, 250]
			.into_iter()
			.map(|base| {
				govern(|claims| claims.bond = base);
				report(product).1
			})
			.collect();
		assert!(waiting(product).iter().all(|(_, bond)| *bond == 2_000));
		// 250 * 2^4 and twice the lowest are the same.
		let (_, case) = report(product);
		assert_eq!(
			waiting(product),
			[(cases[0], 2_000), (cases[1], 2_000), (case, 4_000)]
		);
	});
}

#[test]
fn true_report_is_judged_although_false_ones_came_before() {
	build_and_execute(|| {
		let (product, pool, policy) = insured(1_000_000);
		seated();
		// Somebody who wants to suppress it fills all places.
		for _ in 0..5 {
			report_by(BOB, product);
		}
		let (incident, case) = report(product);
		// Their own reports are rejected one by one, and they pay for each.
		while docket(product).judged != Some(case) {
			conclude(docket(product).judged.unwrap(), 0);
			assert_eq!(reserved(pool), 1_000_000);
		}
		conclude(case, 100);
		assert_eq!(
			total(&BOB),
			ENDOWMENT - (1_000 + 4_000 + 8_000 + 16_000) - 4 * FEE
		);
		assert_eq!(total(&REPORTER), ENDOWMENT);
		// It was reported when it was, however long it waited.
		assert!(in_force(incident, policy).is_ok());
		file(BUYER, incident, policy, 1_000);
	});
}

/// A policy of so much whose claims are reported for one second more.
fn reported_for_a_second_more() -> (ProductId, PolicyId, Seconds) {
	let (product, _, policy) = insured(1_000_000);
	seated();
	let end = pallet_cover::Policies::<Test>::get(policy).unwrap().end;
	set_time(end + CLAIM_WINDOW - 1);
	(product, policy, end - 1)
}

fn report_of(who: AccountId, product: ProductId, happened: Seconds) -> (IncidentId, CaseId) {
	let opened = (NextIncident::<Test>::get(), NextCase::<Test>::get());
	let most = Balance::MAX;
	assert_ok!(Claims::report(
		signed(who),
		product,
		happened,
		uri(),
		hash(),
		most
	));
	opened
}

#[test]
fn displaced_report_counts_from_when_it_was_made_when_it_is_made_again() {
	build_and_execute(|| {
		let (product, policy, happened) = reported_for_a_second_more();
		let made = now();
		report_by(BOB, product);
		report_of(REPORTER, product, happened);
		for _ in 0..3 {
			report_by(BOB, product);
		}
		pass(2);
		// The sixth one displaces the true one, and the last second in which that could be reported is over.
		report_by(BOB, product);
		assert_eq!(incident(1).state, IncidentState::Displaced);
		let (again, case) = report_of(REPORTER, product, happened);
		assert_eq!(incident(again).reported, made);
		// What happened since it was displaced was not reported then.
		let (later, _) = report_of(BOB, product, made + 1);
		assert_eq!(incident(later).reported, now());
		while docket(product).judged != Some(case) {
			conclude(docket(product).judged.unwrap(), 0);
		}
		conclude(case, 100);
		let claim = file(BUYER, again, policy, 1_000);
		pass_deadline(claim);
		assert!(matches!(
			self::claim(again, policy).state,
			ClaimState::Paid { paid: 1_000, .. }
		));
	});
}

#[test]
fn displaced_report_is_forgotten_when_nothing_is_undecided() {
	build_and_execute(|| {
		let (product, policy, happened) = reported_for_a_second_more();
		govern(|claims| claims.max_waiting_incidents = 1);
		report(product);
		pass(1);
		let displaced = report(product).0;
		pass(1);
		report(product);
		assert_eq!(docket(product).displaced, Some(incident(displaced).reported));
		pass(1);
		// The earliest of them counts.
		report(product);
		assert_eq!(docket(product).displaced, Some(incident(displaced).reported));
		while let Some(case) = docket(product).judged {
			conclude(case, 0);
		}
		assert_eq!(docket(product).displaced, None);
		let (late, _) = report_of(REPORTER, product, happened);
		assert_eq!(incident(late).reported, now());
		assert_eq!(in_force(late, policy), Err(CoverError::ReportedTooLate.into()));
	});
}

// ---------------------------------------------------------------------------------------------- Freezing

#[test]
fn exposure_is_set_aside_and_sales_stop_while_something_is_undecided() {
	build_and_execute(|| {
		let (product, pool, policy) = insured(1_000_000);
		seated();
		let refused = || {
			let stopped = CoverError::ProductUnderIncident;
			assert_noop!(try_buy(HOLDER, product, order(pool, 1_000)), stopped);
			assert_noop!(
				Cover::renew(signed(BUYER), policy, order(pool, 1_000)),
				CoverError::ProductUnderIncident
			);
			assert_noop!(
				Cover::cancel(signed(BUYER), policy),
				CoverError::ProductUnderIncident
			);
		};
		let first = report(product).1;
		let second = report(product).1;
		assert_eq!(reserved(pool), 1_000_000);
		refused();
		conclude(first, 0);
		// The other one is still undecided.
		assert_eq!(reserved(pool), 1_000_000);
		refused();
		conclude(second, 0);
		assert_eq!(reserved(pool), 0);
		assert!(!docket(product).is_undecided());
		buy(HOLDER, product, order(pool, 1_000));
		assert_ok!(Cover::cancel(signed(BUYER), policy));
	});
}

#[test]
fn verdict_stays_set_aside_when_an_incident_is_accepted() {
	build_and_execute(|| {
		let (product, pool, policy) = insured(1_000_001);
		seated();
		let (incident, case) = report(product);
		let reported = now();
		assert_eq!(reserved(pool), 1_000_001);
		conclude(case, 30);
		// Rounded up.
		assert_eq!(reserved(pool), 300_001);
		let until = now() + CLAIM_WINDOW;
		assert!(was_told(&Event::IncidentAccepted {
			incident,
			product,
			verdict: 30,
			until,
		}));
		assert_eq!(
			self::incident(incident),
			Incident {
				product,
				happened: reported,
				reported,
				reporter: REPORTER,
				// The fee of the report.
				subsidies: 1,
				state: IncidentState::Accepted {
					verdict: 30,
					until,
					not_before: block() + DISPUTE,
					open: 0,
					payout: Payout::Claims,
				},
			}
		);
		assert!(OpenIncidents::<Test>::contains_key(incident));
		assert_eq!(Told::get(), [(product, sp_runtime::Perbill::from_percent(30))]);
		// It is not sold, and nobody leaves, until nothing more is claimed.
		assert_noop!(
			try_buy(HOLDER, product, order(pool, 1_000)),
			CoverError::ProductUnderIncident
		);
		assert_noop!(
			Cover::cancel(signed(BUYER), policy),
			CoverError::ProductUnderIncident
		);
		assert_eq!(
			pallet_cover::Products::<Test>::get(product).unwrap().status,
			pallet_cover::Status::Paused
		);
		assert_eq!(Records::<Test>::get(product).accepted, 1);
	});
}

#[test]
fn rejected_incident_frees_everything() {
	build_and_execute(|| {
		let (product, pool, _) = insured(1_000_000);
		seated();
		let incident = rejected(product);
		assert_eq!(self::incident(incident).state, IncidentState::Rejected);
		assert!(was_told(&Event::IncidentRejected { incident, product }));
		assert_eq!(reserved(pool), 0);
		assert!(!OpenIncidents::<Test>::contains_key(incident));
		assert_eq!(Records::<Test>::get(product).rejected, 1);
		assert_noop!(Claims::poke_incident(signed(BOB), incident), Error::NothingDue);
		assert_eq!(Told::get(), []);
	});
}

#[test]
fn second_incident_is_judged_after_the_first_was_accepted() {
	build_and_execute(|| {
		let (product, pool, policy) = insured(1_000_000);
		seated();
		let first = accepted(product, 30);
		assert_eq!(reserved(pool), 300_000);
		// Everything is set aside again, whatever was accepted before.
		let (second, case) = report(product);
		assert_eq!(case_bond(case), 1_000);
		assert_eq!(reserved(pool), 1_000_000);
		// Claims under the first go on meanwhile.
		let claim = file(BUYER, first, policy, 1_000);
		conclude(case, 50);
		assert_eq!(reserved(pool), 300_000 + 500_000);
		poke(claim);
		assert_eq!(
			self::claim(first, policy).state,
			ClaimState::Paid {
				verdict: 100,
				paid: 300,
				arrears: 0,
			}
		);
		// A policy has a claim under each.
		let claim = file(BUYER, second, policy, 1_000);
		pass_deadline(claim);
		assert_eq!(
			self::claim(second, policy).state,
			ClaimState::Paid {
				verdict: 100,
				paid: 500,
				arrears: 0,
			}
		);
	});
}

#[test]
fn incidents_set_no_more_aside_than_there_is() {
	build_and_execute(|| {
		let (product, pool, _) = insured(1_000_000);
		seated();
		for (percent, expected) in [(70, 700_000), (70, 1_000_000), (100, 1_000_000)] {
			accepted(product, percent);
			assert_eq!(reserved(pool), expected);
		}
	});
}

#[test]
fn report_that_waited_is_judged_when_the_one_before_is_accepted() {
	build_and_execute(|| {
		let (product, pool, _) = insured(1_000_000);
		seated();
		let (first, second) = (report(product), report(product));
		conclude(first.1, 40);
		// All of it stays set aside for the other one.
		assert_eq!(reserved(pool), 1_000_000);
		assert_eq!(docket(product).judged, Some(second.1));
		conclude(second.1, 0);
		assert_eq!(reserved(pool), 400_000);
		assert!(matches!(
			incident(first.0).state,
			IncidentState::Accepted { verdict: 40, .. }
		));
		assert_eq!(incident(second.0).state, IncidentState::Rejected);
	});
}

fn case_bond(id: CaseId) -> Balance {
	case(id).opener.bond
}
