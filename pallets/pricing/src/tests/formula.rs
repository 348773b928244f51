//! The price against the formula, computed a second time and in another way, while anything happens to a product.

use super::*;
use proptest::{collection::vec, prelude::*};
use sp_runtime::Perbill;
use std::collections::BTreeMap;

const KEY: u32 = 1;

#[derive(Clone, Debug)]
enum Step {
	File {
		auditor: u64,
		version: u8,
		lasts: Seconds,
	},
	Withdraw(u64),
	Add(u64),
	Remove(u64),
	Upgrade(u8),
	Incident(u32),
	Feed(Option<u32>),
	Score(u128),
	Wait(Seconds),
	Class(usize),
}

const CLASSES: [(RiskClass, f64); 8] = [
	(RiskClass::Lending, 0.02),
	(RiskClass::Exchange, 0.02),
	(RiskClass::Staking, 0.012),
	(RiskClass::Stablecoin, 0.025),
	(RiskClass::Bridge, 0.05),
	(RiskClass::Custody, 0.04),
	(RiskClass::Yield, 0.03),
	(RiskClass::Other, 0.08),
];

/// What a bystander with a calculator knows of the product.
struct Model {
	class: usize,
	code: u8,
	auditors: Vec<u64>,
	audits: BTreeMap<u64, (u8, Seconds)>,
	begun: Seconds,
	incidents: Vec<(Seconds, f64)>,
	feed: Option<u32>,
	score: Option<(f64, Seconds)>,
}

impl Model {
	fn probability(&self, now: Seconds) -> f64 {
		let valid = |(auditor, (code, until)): (&u64, &(u8, Seconds))| {
			self.auditors.contains(auditor) && *code == self.code && now < *until
		};
		let audits = match self.audits.iter().filter(|entry| valid(*entry)).count() {
			0 => 1.5,
			n => 0.85f64.powi(n.min(3) as i32),
		};
		let quiet = now - self.incidents.last().map_or(self.begun, |(at, _)| *at);
		let steps = quiet / (90 * DAY);
		let past: f64 = self
			.incidents
			.iter()
			.map(|(at, verdict)| verdict * 0.5f64.powf((now - at) as f64 / 31_557_600.0))
			.sum();
		let track = (1.0 - 0.05 * steps as f64).max(0.6) * (1.0 + past);
		let live = match (self.feed, self.score) {
			(Some(KEY), Some((score, fed))) if now <= fed + DAY => score.clamp(0.5, 3.0),
			_ => 1.0,
		};
		(CLASSES[self.class].1 * audits * track * live).clamp(0.0005, 0.4)
	}
}

fn step() -> impl Strategy<Value = Step> {
	let seconds = prop_oneof![0..2 * DAY, 0..200 * DAY, Just(90 * DAY), Just(DAY), Just(DAY + 1)];
	prop_oneof![
		4 => (1..=6u64, 1..=2u8, 0..400 * DAY)
			.prop_map(|(auditor, version, lasts)| Step::File { auditor, version, lasts }),
		1 => (1..=6u64).prop_map(Step::Withdraw),
		1 => (1..=6u64).prop_map(Step::Add),
		1 => (1..=6u64).prop_map(Step::Remove),
		1 => (1..=2u8).prop_map(Step::Upgrade),
		1 => (0..=100u32).prop_map(Step::Incident),
		1 => prop_oneof![Just(None), Just(Some(KEY)), Just(Some(KEY + 1))].prop_map(Step::Feed),
		2 => (0..400u128).prop_map(Step::Score),
		4 => seconds.prop_map(Step::Wait),
		1 => (0..CLASSES.len()).prop_map(Step::Class),
	]
}

/// Does a step to both; a call succeeds exactly where the model says so.
fn take(step: Step, model: &mut Model) {
	let now = Now::get();
	match step {
		Step::File {
			auditor,
			version,
			lasts,
		} => {
			let until = now + lasts;
			let sound = model.auditors.contains(&auditor)
				&& version == model.code
				&& (1..=365 * DAY).contains(&lasts);
			let done = Pricing::file_audit(signed(auditor), PRODUCT, code(version), until);
			assert_eq!(done.is_ok(), sound);
			if sound {
				model.audits.insert(auditor, (version, until));
			}
		}
		Step::Withdraw(auditor) => {
			let done = Pricing::withdraw_audit(signed(auditor), PRODUCT);
			assert_eq!(done.is_ok(), model.audits.remove(&auditor).is_some());
		}
		Step::Add(auditor) => {
			let new = !model.auditors.contains(&auditor);
			assert_eq!(Pricing::add_auditor(root(), auditor).is_ok(), new);
			if new {
				model.auditors.push(auditor);
			}
		}
		Step::Remove(auditor) => {
			let known = model.auditors.contains(&auditor);
			assert_eq!(Pricing::remove_auditor(root(), auditor).is_ok(), known);
			model.auditors.retain(|other| *other != auditor);
		}
		Step::Upgrade(version) => {
			let done = Pricing::report_upgrade(root(), PRODUCT, code(version));
			assert_eq!(done.is_ok(), version != model.code);
			model.code = version;
		}
		Step::Incident(percent) => {
			<Pricing as TrackRecord>::incident_accepted(PRODUCT, Perbill::from_percent(percent));
			if percent > 0 {
				model.incidents.push((now, f64::from(percent) / 100.0));
			}
		}
		Step::Feed(key) => {
			assert_eq!(Pricing::set_feed(root(), PRODUCT, key).is_ok(), key != model.feed);
			model.feed = key;
		}
		Step::Score(percent) => {
			feed(KEY, percent);
			model.score = Some((percent as f64 / 100.0, now));
		}
		Step::Wait(seconds) => wait(seconds),
		Step::Class(class) => {
			let changed = CLASSES[class].0 != CLASSES[model.class].0;
			assert_eq!(
				Pricing::set_class(root(), PRODUCT, CLASSES[class].0).is_ok(),
				changed
			);
			model.class = class;
		}
	}
}

proptest! {
	#![proptest_config(ProptestConfig::with_cases(200))]

	#[test]
	fn price_is_the_formula_s_whatever_happens(steps in vec(step(), 1..60)) {
		build_and_execute(|| {
			begin();
			let mut model = Model {
				class: 0,
				code: 1,
				auditors: AUDITORS.to_vec(),
				audits: BTreeMap::new(),
				begun: START,
				incidents: Vec::new(),
				feed: None,
				score: None,
			};
			for step in steps {
				take(step, &mut model);
				let expected = model.probability(Now::get());
				let error = probability().to_float() / expected - 1.0;
				assert!(error.abs() < 1e-9, "{} is not {expected}", probability());
				Pricing::do_try_state().unwrap();
			}
		});
	}
}
