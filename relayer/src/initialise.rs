//! What a light client is begun with.

use crate::{
	chain::{Chain, Header},
	error::Error,
	headers,
	node::Node,
	transactions,
};
use bp_header_chain::{AuthoritySet, InitializationData};
use bp_runtime::BasicOperatingMode;
use codec::Encode;
use serde_json::json;
use sp_consensus_grandpa::AuthorityList;
use sp_core::{Bytes, H256};
use sp_runtime::traits::Header as _;
use std::time::Duration;

/// A chain that finalises nothing for so long has no justification to begin with.
const PATIENCE: Duration = Duration::from_secs(120);

/// Makes what the light client of `Of` on the chain `At` is begun with, as JSON.
///
/// The header is the newest one whose justification the node tells of. The justification is checked against the
/// validators in the state before the header; what is printed are those in the state after it, who finalise what follows.
pub async fn data<Of: Chain, At: Chain>(url: &str) -> Result<String, Error> {
	let node = Node::connect(Of::NAME, url).await?;
	transactions::check_version::<Of>(&node, true).await?;
	let data = read(&node).await?;
	let authorities: Vec<_> = data
		.authority_list
		.iter()
		.map(|(authority, weight)| (Bytes(authority.encode()), *weight))
		.collect();
	let text = json!({
		"header": &data.header,
		"hash": data.header.hash(),
		"authorityList": authorities,
		"setId": data.set_id,
		"operatingMode": "Normal",
		"argument": Bytes(data.encode()),
		"call": Bytes(At::initialise(data).encode()),
	});
	serde_json::to_string_pretty(&text).map_err(|error| Error::Unusable(error.to_string()))
}

async fn read(node: &Node) -> Result<InitializationData<Header>, Error> {
	let mut newest = node.justifications().await?;
	let justification = tokio::time::timeout(PATIENCE, newest.wait_for(Option::is_some))
		.await
		.map_err(|_| {
			Error::Unusable(format!(
				"the {} chain has finalised nothing for {PATIENCE:?}: no justification to begin with",
				node.name
			))
		})?
		.ok()
		.and_then(|newest| newest.clone())
		.ok_or_else(|| Error::Connection {
			node: node.name.into(),
			reason: "it no longer tells of justifications".into(),
		})?;

	let hash = justification.commit.target_hash;
	let header = node.header(hash).await?;
	let before = authorities(node, *header.parent_hash()).await?;
	headers::optimise(justification, &before).map_err(|error| {
		Error::Unusable(format!(
			"the justification of block {} is not by the validators that the {} node names, set {}: {error}",
			header.number(),
			node.name,
			before.set_id
		))
	})?;
	let AuthoritySet { authorities, set_id } = authorities(node, hash).await?;
	Ok(InitializationData {
		header: Box::new(header),
		authority_list: authorities,
		set_id,
		operating_mode: BasicOperatingMode::Normal,
	})
}

/// Who finalises the block after this one.
async fn authorities(node: &Node, at: H256) -> Result<AuthoritySet, Error> {
	let list: AuthorityList = node.call("GrandpaApi_grandpa_authorities", (), at).await?;
	let set_id = node.call("GrandpaApi_current_set_id", (), at).await?;
	Ok(AuthoritySet::new(list, set_id))
}
