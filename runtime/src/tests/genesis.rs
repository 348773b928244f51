//! Genesis and what is derived from it.

use super::*;
use crate::configs::{consensus::MAX_CANDIDATES, system::RuntimeBlockWeights};
use frame_support::{
	assert_ok,
	traits::{Get, fungibles::Inspect},
};
use lutine_primitives::parameters::{Governance, Pricing};
use sp_keyring::Sr25519Keyring::{Bob, BobStash};
use sp_staking::SessionIndex;

#[test]
fn every_preset_builds() {
	for preset in crate::genesis::PRESETS {
		Chain::new(preset);
	}
	assert_eq!(crate::genesis::preset(&"unknown".into()), None);
}

#[test]
fn development_and_production_differ_by_genesis_alone() {
	let mut production = Chain::new(crate::genesis::PRODUCTION);
	production.read(|| {
		assert_eq!(Babe::slot_duration(), 6_000);
		assert_eq!(<Runtime as pallet_babe::Config>::EpochDuration::get(), 2_400);
		assert_eq!(pallet_clock::AccountingDay::<Runtime>::get(), 86_400);
		assert_eq!(
			<Runtime as pallet_democracy::Config>::VotingPeriod::get(),
			100_800
		);
		assert_eq!(Parameters::governance(), Governance::default());
		// Neither money nor validators: they come from an authorities file.
		assert_eq!(pallet_session::Validators::<Runtime>::get(), vec![]);
		let seed = Balances::total_issuance();
		assert_eq!(
			seed,
			free(&Treasury::account_id()) + free(&Claims::account()),
			"only the minimum balances of the chain's own accounts exist"
		);
	});
	let mut dev = Chain::new(crate::genesis::DEV);
	dev.read(|| {
		assert_eq!(Babe::slot_duration(), 1_000);
		assert_eq!(pallet_clock::AccountingDay::<Runtime>::get(), 10);
		assert_eq!(<Runtime as pallet_democracy::Config>::VotingPeriod::get(), 10);
		assert_eq!(pallet_session::Validators::<Runtime>::get().len(), 1);
		assert_eq!(
			Assets::total_issuance(crate::genesis::TEST_STABLECOIN),
			12_000_000_000_000
		);
	});
	let mut local = Chain::new(crate::genesis::LOCAL);
	local.read(|| {
		assert_eq!(pallet_session::Validators::<Runtime>::get().len(), 4);
		assert_eq!(Babe::authorities().len(), 4);
		assert_eq!(Grandpa::grandpa_authorities().len(), 4);
	});
}

#[test]
fn genesis_is_refused_when_a_parameter_is_out_of_bounds() {
	let mut config = genesis_of(crate::genesis::DEV);
	config["parameters"]["governance"]["votingPeriod"] = 0.into();
	let built = std::panic::catch_unwind(|| {
		TestExternalities::default()
			.execute_with(|| build_state::<RuntimeGenesisConfig>(serde_json::to_vec(&config).unwrap()))
	});
	assert!(built.is_err());
}

#[test]
fn genesis_is_refused_when_a_field_is_unknown() {
	let mut config = genesis_of(crate::genesis::DEV);
	config["parameters"]["governance"]["votingPriod"] = 10.into();
	let built = TestExternalities::default()
		.execute_with(|| build_state::<RuntimeGenesisConfig>(serde_json::to_vec(&config).unwrap()));
	assert!(built.unwrap_err().contains("unknown field `votingPriod`"));
}

#[test]
fn no_chain_has_a_sudo_pallet() {
	use frame_support::traits::PalletsInfoAccess;
	assert!(
		AllPalletsWithSystem::infos()
			.iter()
			.all(|pallet| pallet.module_name != "pallet_sudo")
	);
}

#[test]
fn pallets_before_others_are_built_before_them() {
	use frame_support::traits::PalletInfoAccess;
	let order = [
		System::index(),
		Clock::index(),
		Parameters::index(),
		Babe::index(),
		Timestamp::index(),
		Balances::index(),
		Staking::index(),
		Session::index(),
		Scheduler::index(),
		Democracy::index(),
		Assets::index(),
		Nfts::index(),
	];
	assert!(order.is_sorted(), "{order:?}");
}

#[test]
fn sessions_and_eras_pass() {
	let mut chain = Chain::dev();
	// Sessions of 60 blocks, eras of three sessions.
	chain.run_to(61);
	let session: SessionIndex = chain.read(pallet_session::CurrentIndex::<Runtime>::get);
	assert_eq!(session, 1);
	let issued = chain.read(Balances::total_issuance);
	chain.run_to(4 * 60 + 1);
	chain.read(|| {
		assert_eq!(pallet_session::CurrentIndex::<Runtime>::get(), 4);
		assert_eq!(Staking::active_era().map(|era| era.index), Some(1));
		// Era 0 paid its inflation; the validator's part waits to be claimed, the remainder is in the treasury.
		assert!(Balances::total_issuance() > issued);
		assert_eq!(pallet_session::Validators::<Runtime>::get().len(), 1);
	});
}

#[test]
fn versions_are_what_clients_expect() {
	assert_eq!(VERSION.system_version, 1);
	assert_eq!(VERSION.spec_name, "lutine");
	// The widest group decides the size of `Parameters` in a preimage; democracy takes 128 bytes inline.
	assert!(codec::Encode::encoded_size(&Pricing::default()) > 128);
	assert!(codec::Encode::encoded_size(&Governance::default()) < 128);
}

/// The governance of a development chain.
pub fn dev_governance() -> Governance {
	Chain::new(crate::genesis::DEV).read(Parameters::governance)
}

#[test]
fn report_of_equivocation_fits_into_a_block() {
	let validators = <Runtime as pallet_babe::Config>::MaxAuthorities::get();
	let nominators = <Runtime as pallet_babe::Config>::MaxNominators::get();
	let most = RuntimeBlockWeights::get()
		.get(frame_support::dispatch::DispatchClass::Normal)
		.max_extrinsic
		.unwrap();
	let weights = [
		<<Runtime as pallet_babe::Config>::WeightInfo as pallet_babe::WeightInfo>::report_equivocation(
			validators, nominators,
		),
		<<Runtime as pallet_grandpa::Config>::WeightInfo as pallet_grandpa::WeightInfo>::report_equivocation(
			validators, nominators,
		),
	];
	for weight in weights {
		assert!(weight.all_lte(most), "{weight} of {most}");
	}
}

#[test]
fn eras_pass_when_as_many_stand_as_an_election_looks_at() {
	use pallet_staking::{MaxValidatorsCount, ValidatorPrefs, Validators};
	for preset in crate::genesis::PRESETS {
		let most = Chain::new(preset).read(MaxValidatorsCount::<Runtime>::get);
		assert_eq!(most, Some(MAX_CANDIDATES));
	}
	let mut chain = Chain::dev();
	chain.read(|| {
		for number in Validators::<Runtime>::count()..MAX_CANDIDATES {
			let mut who = [7; 32];
			who[..4].copy_from_slice(&number.to_le_bytes());
			Validators::<Runtime>::insert(AccountId::from(who), ValidatorPrefs::default());
		}
	});
	let bond = pallet_staking::Call::bond {
		value: 1_000 * LUT,
		payee: pallet_staking::RewardDestination::Staked,
	};
	assert_ok!(chain.apply(Bob, bond));
	let stand = pallet_staking::Call::validate {
		prefs: ValidatorPrefs::default(),
	};
	assert_eq!(
		chain.apply(Bob, stand),
		Err(pallet_staking::Error::<Runtime>::TooManyValidators.into())
	);
	chain.run_to(4 * 60);
	let era = chain.read(|| pallet_staking::ActiveEra::<Runtime>::get().unwrap().index);
	assert!(era >= 1);
}

#[test]
fn stake_is_slashed_when_it_was_unbonded_before_the_offence() {
	let mut chain = Chain::new(crate::genesis::LOCAL);
	chain.block(vec![]);
	let stash = BobStash.to_account_id();
	let active = || pallet_staking::ActiveEra::<Runtime>::get().unwrap().index;
	while chain.read(active) < 1 {
		chain.block(vec![]);
	}
	// A block in which a session ends has no room.
	chain.block(vec![]);
	assert_ok!(chain.apply(BobStash, pallet_staking::Call::chill {}));
	assert_ok!(chain.apply(BobStash, pallet_staking::Call::unbond { value: 100_000 * LUT }));
	let bonded = chain.read(|| pallet_staking::Ledger::<Runtime>::get(&stash).unwrap().total);
	assert_eq!(bonded, 100_000 * LUT);
	chain.read(|| {
		let exposure = pallet_staking::EraInfo::<Runtime>::get_full_exposure(1, &stash);
		assert_eq!(exposure.total, bonded);
		let session = pallet_staking::ErasStartSessionIndex::<Runtime>::get(1).unwrap();
		let offender = sp_staking::offence::OffenceDetails {
			offender: (stash.clone(), ()),
			reporters: vec![],
		};
		<Staking as sp_staking::offence::OnOffenceHandler<_, _, _>>::on_offence(
			&[offender],
			&[sp_runtime::Perbill::one()],
			session,
		);
	});
	// Who withdraws as soon as the pallet lets them is still too late.
	for _ in 0..5 * 180 {
		let withdraw = pallet_staking::Call::withdraw_unbonded {
			num_slashing_spans: 10,
		};
		let withdraw = chain.sign(BobStash, withdraw.into(), 0);
		chain.block(vec![withdraw]);
	}
	let left = chain.read(|| free(&stash));
	assert!(left <= 1_000_000 * LUT - bonded, "{left} are left");
}
