//! Every function against the reference model: a Python program with exact rationals and 60-digit decimals.
//!
//! `vectors.json` is what the model's command `vectors --seed 7 --count 100` prints, a vector to a line. The
//! environment variable `LUTINE_VECTORS` names another such file to check instead, from another seed and as long as
//! one likes.
//!
//! The model allows a unit for some results and a relative error of 10^-12 for ratios. Here all that is rational must
//! be exact, so that a change in any of it is seen. The model prints ratios rounded down: one that this crate rounds
//! otherwise may differ by one at the 18th decimal. A rate also depends on a utilisation that has only 18 decimals
//! here.

use lutine_math::{
	claims::{award, weighted_median},
	pricing::{
		Curve, Risk, Technical, capacity, loss_probability, market_premium, net_premium, rate_after,
		technical_premium, track_decay, utilisation,
	},
	shares::{amount_for, shares_for, split},
	solvency::{headroom, payout, payout_ratio, replace_square, required, scr},
	streams::{day_end, earned_parts, refund, stream, unearned},
};
use primitive_types::U256;
use serde_json::Value;
use sp_arithmetic::{FixedU128, Perbill};

const DAY: u64 = 86_400;

fn int(value: &Value) -> u128 {
	match value {
		Value::String(digits) => digits.parse().expect("a whole number"),
		Value::Number(number) => number.as_u64().expect("a whole number").into(),
		other => panic!("not a number: {other}"),
	}
}

fn time(value: &Value) -> u64 {
	int(value).try_into().expect("seconds")
}

fn small(value: &Value) -> u8 {
	int(value).try_into().expect("a percentage")
}

fn list(value: &Value) -> Vec<u128> {
	value.as_array().expect("a list").iter().map(int).collect()
}

fn fixed(value: &Value) -> FixedU128 {
	FixedU128::from_inner(int(value))
}

/// The model's ratios have few digits, so none is lost.
fn ratio(value: &Value) -> Perbill {
	let inner = int(value);
	assert_eq!(inner % 1_000_000_000, 0, "a ratio of more than nine digits");
	Perbill::from_parts((inner / 1_000_000_000).try_into().expect("at most one"))
}

fn ratios(value: &Value) -> [Perbill; 3] {
	let all: Vec<_> = value.as_array().expect("a list").iter().map(ratio).collect();
	all.try_into().expect("three cuts")
}

fn near(got: FixedU128, want: &Value, what: &str) {
	let (got, want) = (got.into_inner(), int(want));
	assert!(got.abs_diff(want) <= 1, "{what}: {got} is not {want}");
}

fn check_solvency(v: &Value) {
	let groups = list(&v["groups"]);
	let (capital, reserved) = (int(&v["capital"]), list(&v["reserved"]).iter().sum());
	let sum = groups.iter().sum();
	let squares = groups
		.iter()
		.try_fold(U256::zero(), |squares, exposure| {
			replace_square(squares, 0, *exposure)
		})
		.expect("small");
	let rho = ratio(&v["rho"]);
	let group = groups[usize::try_from(int(&v["group"])).expect("an index")];
	assert_eq!(scr(sum, squares, rho), Some(int(&v["scr"])), "scr");
	assert_eq!(
		required(reserved, sum, squares, rho),
		Some(int(&v["required"])),
		"required"
	);
	let room = headroom(capital, reserved, sum, squares, group, rho);
	assert_eq!(room, int(&v["headroom"]), "headroom");
	let line = &v["line"];
	let got = capacity(capital, ratio(&line["weight"]), int(&line["exposure"]), room);
	assert_eq!(got, int(&line["capacity"]), "capacity");
	let paid = payout_ratio(capital, reserved);
	assert_eq!(paid.into_inner(), int(&v["payout_ratio"]), "payout ratio");
	assert_eq!(
		payout(reserved, capital, reserved),
		reserved.min(capital),
		"payout"
	);

	let amount = int(&v["amount"]);
	let technical = Technical {
		group,
		sum,
		amount,
		free: capital - reserved,
		probability: fixed(&v["p"]),
		load: fixed(&v["load"]),
		return_on_capital: ratio(&v["roc"]),
		rho,
		seconds: time(&v["seconds"]),
		window: time(&v["window"]),
		cuts: ratios(&v["cuts"]),
	};
	let technical = technical_premium(&technical);
	assert_eq!(technical, Some(int(&v["technical"])), "technical");
	let curve = Curve {
		target: ratio(&v["target"]),
		steepness: fixed(&v["k"]),
	};
	let (line, before, rate) = (int(&v["capacity"]), int(&v["before"]), fixed(&v["rate"]));
	let seconds = time(&v["seconds"]);
	let market = market_premium(line, before, amount, rate, &curve, seconds);
	assert_eq!(market, Some(int(&v["market"])), "market");
	let net = net_premium(technical.expect("above"), market.expect("above"));
	assert_eq!(net, int(&v["net"]), "net");
	let u = utilisation(before, line).expect("a capacity");
	let (low, high) = (
		FixedU128::from_inner(1_000_000_000_000_000),
		FixedU128::from_u32(1),
	);
	let moved = rate_after(rate, u, &curve, fixed(&v["speed"]), seconds, low, high);
	let (moved, want) = (moved.into_inner(), int(&v["rate_after"]));
	// 10^-15 of it: the last decimal of a utilisation, times a speed of 10 over a span of 5 %, and room to spare.
	assert!(
		moved.abs_diff(want) <= want / 1_000_000_000_000_000 + 1,
		"rate after: {moved} is not {want}"
	);
}

fn check_risk(v: &Value) {
	// The factors the model has built in.
	let risk = Risk {
		base: ratio(&v["base"]),
		unaudited_factor: FixedU128::from_rational(3, 2),
		audit_factor: FixedU128::from_rational(85, 100),
		max_audits: 3,
		track_step: 90 * DAY,
		track_discount: Perbill::from_percent(5),
		track_floor: Perbill::from_percent(60),
		low: Perbill::from_parts(500_000),
		high: Perbill::from_percent(40),
	};
	let audits = int(&v["audits"]).try_into().expect("few");
	let quiet = time(&v["incident_free_days"]) * DAY;
	let past = fixed(&v["past"]);
	let p = loss_probability(&risk, audits, quiet, past, fixed(&v["live"]));
	near(p, &v["p"], "probability");
	assert!(p.into_inner() >= int(&v["p"]), "the probability is rounded up");
	near(
		track_decay(past, time(&v["elapsed"])),
		&v["past_after"],
		"past incidents",
	);
}

fn check_money(v: &Value) {
	let a = &v["award"];
	let got = award(
		int(&a["loss"]),
		int(&a["amount"]),
		small(&a["incident"]),
		small(&a["claim"]),
		int(&a["deductible"]),
		int(&a["left"]),
	);
	assert_eq!(got, int(&a["award"]), "award");

	let parts = earned_parts(int(&v["earned"]["amount"]), ratios(&v["cuts"]));
	assert_eq!(parts.to_vec(), list(&v["earned"]["parts"]), "earned parts");

	let s = &v["stream"];
	let (start, end, now) = (time(&s["start"]), time(&s["end"]), time(&s["now"]));
	assert_eq!(day_end(end, DAY), Some(end), "a boundary ends its day");
	assert_eq!(
		day_end(end - DAY + 1, DAY),
		Some(end),
		"a day starts after a boundary"
	);
	let rate = int(&s["rate"]);
	assert_eq!(
		stream(int(&s["premium"]), end - start),
		Some((rate, int(&s["dust"]))),
		"stream"
	);
	assert_eq!(unearned(rate, end - now), Some(int(&s["unearned"])), "unearned");
	// The model's cancellation fee.
	let fee = Perbill::from_percent(10);
	assert_eq!(refund(rate, end - now, fee), Some(int(&s["refund"])), "refund");

	let s = &v["shares"];
	let (deposit, supply, capital) = (int(&s["deposit"]), int(&s["supply"]), int(&s["capital"]));
	assert_eq!(
		shares_for(deposit, supply, capital),
		Some(int(&s["shares"])),
		"shares"
	);
	let withdrawal = amount_for(deposit.min(supply), supply, capital);
	assert_eq!(withdrawal, Some(int(&s["withdrawal"])), "withdrawal");

	let s = &v["split"];
	assert_eq!(
		split(int(&s["amount"]), &list(&s["parts"])),
		Some(list(&s["out"])),
		"split"
	);

	let mut weights = [0; 101];
	for vote in v["median"]["votes"].as_array().expect("a list") {
		weights[usize::from(small(&vote[0]))] += int(&vote[1]);
	}
	assert_eq!(
		weighted_median(&weights),
		Some(small(&v["median"]["ratio"])),
		"median"
	);
}

#[test]
fn functions_agree_with_the_model() {
	let committed = include_str!("vectors.json");
	let text = std::env::var("LUTINE_VECTORS").map_or(committed.into(), |path| {
		std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
	});
	let vectors: Vec<Value> = serde_json::from_str(&text).expect("a list of vectors");
	assert!(!vectors.is_empty(), "no vectors, nothing was checked");
	for (index, vector) in vectors.iter().enumerate() {
		let checked = std::panic::catch_unwind(|| {
			check_solvency(vector);
			check_risk(&vector["risk"]);
			check_money(vector);
		});
		assert!(checked.is_ok(), "vector {index} disagrees: {vector}");
	}
	println!("{} vectors agree", vectors.len());
}
