//! Audits, and those who lie about them.

use super::*;
use frame_support::{assert_noop, assert_ok};
use sp_runtime::traits::BadOrigin;

const UNAUDITED: u128 = 3_000_000;
const ONE_AUDIT: u128 = 1_700_000;
const TWO_AUDITS: u128 = 1_445_000;
const THREE_AUDITS: u128 = 1_228_250;

fn costs(expected: u128) {
	assert_eq!(probability(), millionths_of_percent(expected));
}

/// Admits as many auditors as a list holds, 1 among them, and lets each file an audit.
fn fill() {
	for auditor in 1..=u64::from(MAX_AUDITS) {
		if !AUDITORS.contains(&auditor) {
			assert_ok!(Pricing::add_auditor(root(), auditor));
		}
		file(auditor);
	}
	assert!(Audits::<Test>::get(PRODUCT).is_full());
}

/// An auditor for whom [`fill`] leaves no room.
const LATE: u64 = 50;

#[test]
fn up_to_three_audits_lower_the_price() {
	build_and_execute(|| {
		begin();
		costs(UNAUDITED);
		file(1);
		costs(ONE_AUDIT);
		file(2);
		costs(TWO_AUDITS);
		file(3);
		costs(THREE_AUDITS);
		file(4);
		costs(THREE_AUDITS);
		assert_eq!(report().audits, 4);
		System::assert_last_event(
			Event::<Test>::AuditFiled {
				product: PRODUCT,
				auditor: 4,
				code_hash: code(1),
				valid_until: START + 100 * DAY,
			}
			.into(),
		);
	});
}

#[test]
fn audit_counts_for_its_own_product_alone() {
	build_and_execute(|| {
		begin();
		begin_as(8, RiskClass::Lending);
		file(1);
		costs(ONE_AUDIT);
		assert_eq!(
			<Pricing as Risk>::probability(8),
			Some(millionths_of_percent(UNAUDITED))
		);
	});
}

#[test]
fn auditor_who_files_twice_counts_once() {
	build_and_execute(|| {
		begin();
		file(1);
		file(1);
		wait(1);
		file(1);
		costs(ONE_AUDIT);
		assert_eq!(Audits::<Test>::get(PRODUCT).len(), 1);
	});
}

#[test]
fn audit_stops_counting_at_its_last_second() {
	build_and_execute(|| {
		begin();
		assert_ok!(Pricing::file_audit(signed(1), PRODUCT, code(1), START + 10));
		assert_ok!(Pricing::file_audit(signed(2), PRODUCT, code(1), START + 11));
		wait(9);
		costs(TWO_AUDITS);
		wait(1);
		costs(ONE_AUDIT);
		wait(1);
		costs(UNAUDITED);
	});
}

#[test]
fn newer_audit_takes_the_place_of_the_auditor_s_older_one() {
	build_and_execute(|| {
		begin();
		assert_ok!(Pricing::file_audit(signed(1), PRODUCT, code(1), START + 10));
		wait(9);
		assert_ok!(Pricing::file_audit(signed(1), PRODUCT, code(1), START + 20));
		wait(10);
		costs(ONE_AUDIT);
		// It may also end earlier than the one before.
		file(1);
		assert_ok!(Pricing::file_audit(signed(1), PRODUCT, code(1), START + 21));
		wait(2);
		costs(UNAUDITED);
	});
}

#[test]
fn upgrade_ends_every_audit_of_other_code() {
	build_and_execute(|| {
		begin();
		(1..=3).for_each(file);
		costs(THREE_AUDITS);
		// An auditor who sees the upgrade is as good as the committee.
		assert_ok!(Pricing::report_upgrade(signed(4), PRODUCT, code(2)));
		System::assert_last_event(
			Event::<Test>::CodeUpgraded {
				product: PRODUCT,
				code_hash: code(2),
			}
			.into(),
		);
		costs(UNAUDITED);
		assert_eq!(report().audits, 0);

		assert_ok!(Pricing::file_audit(signed(1), PRODUCT, code(2), START + DAY));
		costs(ONE_AUDIT);
		// The old code is back, and with it the audits of it that are still there.
		assert_ok!(Pricing::report_upgrade(signed(LISTER), PRODUCT, code(1)));
		costs(TWO_AUDITS);
	});
}

#[test]
fn auditor_removed_for_lying_stops_counting_at_once() {
	build_and_execute(|| {
		begin();
		begin_as(8, RiskClass::Lending);
		(1..=2).for_each(file);
		assert_ok!(Pricing::file_audit(signed(1), 8, code(1), START + DAY));
		assert_ok!(Pricing::remove_auditor(root(), 1));
		System::assert_last_event(Event::<Test>::AuditorRemoved { auditor: 1 }.into());
		costs(ONE_AUDIT);
		assert_eq!(
			<Pricing as Risk>::probability(8),
			Some(millionths_of_percent(UNAUDITED))
		);
		// They can do nothing any more but take their audits back.
		assert_noop!(
			Pricing::file_audit(signed(1), PRODUCT, code(1), START + DAY),
			Error::<Test>::NotAuditor
		);
		assert_noop!(
			Pricing::report_upgrade(signed(1), PRODUCT, code(2)),
			Error::<Test>::NotAuditor
		);
		assert_ok!(Pricing::withdraw_audit(signed(1), 8));
		// A referendum that takes them back takes their word back.
		assert_ok!(Pricing::add_auditor(root(), 1));
		System::assert_last_event(Event::<Test>::AuditorAdded { auditor: 1 }.into());
		costs(TWO_AUDITS);
	});
}

#[test]
fn withdrawn_audit_stops_counting_at_once() {
	build_and_execute(|| {
		begin();
		(1..=2).for_each(file);
		assert_ok!(Pricing::withdraw_audit(signed(1), PRODUCT));
		System::assert_last_event(
			Event::<Test>::AuditWithdrawn {
				product: PRODUCT,
				auditor: 1,
			}
			.into(),
		);
		costs(ONE_AUDIT);
		assert_noop!(
			Pricing::withdraw_audit(signed(1), PRODUCT),
			Error::<Test>::UnknownAudit
		);
		assert_ok!(Pricing::withdraw_audit(signed(2), PRODUCT));
		costs(UNAUDITED);
		assert!(!Audits::<Test>::contains_key(PRODUCT));
	});
}

#[test]
fn full_list_makes_room_for_a_valid_audit_only() {
	build_and_execute(|| {
		begin();
		fill();
		costs(THREE_AUDITS);
		assert_ok!(Pricing::add_auditor(root(), LATE));
		let late = || Pricing::file_audit(signed(LATE), PRODUCT, code(1), Now::get() + DAY);
		assert_noop!(late(), Error::<Test>::TooManyAudits);
		// Who is in the list already needs no room.
		file(5);

		// One of them is removed from the register.
		assert_ok!(Pricing::remove_auditor(root(), 5));
		assert_ok!(late());
		let audits = Audits::<Test>::get(PRODUCT);
		assert!(audits.is_full() && audits.iter().all(|audit| audit.auditor != 5));
		// Dropped for good.
		assert_ok!(Pricing::add_auditor(root(), 5));
		assert_noop!(
			Pricing::file_audit(signed(5), PRODUCT, code(1), Now::get() + DAY),
			Error::<Test>::TooManyAudits
		);

		// The late one's time is over first.
		wait(DAY - 1);
		assert_noop!(
			Pricing::file_audit(signed(5), PRODUCT, code(1), Now::get() + DAY),
			Error::<Test>::TooManyAudits
		);
		wait(1);
		file(5);
		assert!(
			Audits::<Test>::get(PRODUCT)
				.iter()
				.all(|audit| audit.auditor != LATE)
		);

		// All of them are stale.
		assert_ok!(Pricing::report_upgrade(root(), PRODUCT, code(2)));
		assert_ok!(Pricing::file_audit(
			signed(LATE),
			PRODUCT,
			code(2),
			Now::get() + DAY
		));
		assert_eq!(Audits::<Test>::get(PRODUCT).len(), 1);
		costs(ONE_AUDIT);
	});
}

#[test]
fn audit_is_refused_when_it_is_not_sound() {
	build_and_execute(|| {
		let file_until = |until| Pricing::file_audit(signed(1), PRODUCT, code(1), until);
		assert_noop!(file_until(START + DAY), Error::<Test>::UnknownProduct);
		begin();
		assert_noop!(
			Pricing::file_audit(signed(9), PRODUCT, code(1), START + DAY),
			Error::<Test>::NotAuditor
		);
		assert_noop!(
			Pricing::file_audit(signed(1), PRODUCT, code(2), START + DAY),
			Error::<Test>::OtherCode
		);
		assert_noop!(file_until(0), Error::<Test>::AuditExpired);
		assert_noop!(file_until(START), Error::<Test>::AuditExpired);
		assert_noop!(file_until(START + 365 * DAY + 1), Error::<Test>::AuditTooLong);
		assert_noop!(file_until(Seconds::MAX), Error::<Test>::AuditTooLong);
		assert_ok!(file_until(START + 1));
		assert_ok!(file_until(START + 365 * DAY));
		govern(|p| p.audit_validity = 10);
		assert_noop!(file_until(START + 11), Error::<Test>::AuditTooLong);
		assert_ok!(file_until(START + 10));
		assert_noop!(
			Pricing::file_audit(root(), PRODUCT, code(1), START + 10),
			BadOrigin
		);
		assert_noop!(Pricing::withdraw_audit(root(), PRODUCT), BadOrigin);
		assert_noop!(
			Pricing::withdraw_audit(signed(2), PRODUCT),
			Error::<Test>::UnknownAudit
		);
		assert_noop!(Pricing::withdraw_audit(signed(1), 8), Error::<Test>::UnknownAudit);
	});
}

#[test]
fn nobody_but_a_referendum_admits_and_removes_auditors() {
	build_and_execute(|| {
		for origin in [signed(1), signed(LISTER), RawOrigin::None.into()] {
			assert_noop!(Pricing::add_auditor(origin.clone(), 9), BadOrigin);
			assert_noop!(Pricing::remove_auditor(origin, 1), BadOrigin);
		}
		assert_noop!(Pricing::add_auditor(root(), 1), Error::<Test>::AlreadyAuditor);
		assert_noop!(Pricing::remove_auditor(root(), 9), Error::<Test>::NotAuditor);
	});
}

/// A liar among the auditors could otherwise call a product back to the code that others vouched for.
#[test]
fn auditor_is_refused_when_the_reported_code_is_audited() {
	build_and_execute(|| {
		begin();
		file(1);
		assert_ok!(Pricing::report_upgrade(signed(2), PRODUCT, code(2)));
		costs(UNAUDITED);
		assert_noop!(
			Pricing::report_upgrade(signed(2), PRODUCT, code(1)),
			Error::<Test>::AuditedCode
		);
		assert_ok!(Pricing::report_upgrade(root(), PRODUCT, code(1)));
		costs(ONE_AUDIT);
	});
}
