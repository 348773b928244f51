//! What is checked before a node starts, because the SDK would ignore it, or report it without saying where.

use crate::{cli::Cli, errors::unwritable};
use sc_cli::{CliConfiguration, Error as CliError, RunCmd, SubstrateCli};
use sc_network::{
	error::Error as NetworkError,
	multiaddr::{Multiaddr, Protocol},
};
use sc_service::{BasePath, Configuration, Error as ServiceError};
use std::{
	fs::{self, File},
	io::{self, ErrorKind, Write},
	net::{IpAddr, SocketAddr, TcpListener, UdpSocket},
	path::Path,
};

/// What must be free on the disk, in bytes: the first blocks of an empty chain fit.
const PROBE: usize = 16 * 1024 * 1024;

const OTHER_FOLDER: &str =
	"make it writable for this user, free space on its disk, or choose another folder with";

/// Names the base path in an error about it: the SDK writes there before it hands out a configuration.
pub fn explain(error: CliError, run: &RunCmd) -> CliError {
	let base_path = match run.base_path() {
		Ok(Some(path)) => path,
		_ => BasePath::from_project("", "", &Cli::executable_name()),
	};
	match error {
		CliError::Service(ServiceError::Network(NetworkError::Io(error))) | CliError::Io(error) => {
			unwritable(base_path.path(), &error, &format!("{OTHER_FOLDER} --base-path")).into()
		}
		other => other,
	}
}

/// Refuses to start where the node could not write or could not listen.
pub fn check(config: &Configuration) -> Result<(), String> {
	writable(&config.data_path)
		.map_err(|error| unwritable(&config.data_path, &error, &format!("{OTHER_FOLDER} --base-path")))?;
	if let Some(path) = config.keystore.path() {
		writable(path)
			.map_err(|error| unwritable(path, &error, &format!("{OTHER_FOLDER} --keystore-path")))?;
	}

	listeners(config).iter().try_for_each(Listener::check)
}

fn writable(folder: &Path) -> io::Result<()> {
	fs::create_dir_all(folder)?;
	let probe = folder.join(".write-probe");
	let written = File::create(&probe).and_then(|mut file| {
		file.write_all(&vec![0; PROBE])?;
		file.sync_all()
	});
	// Also after a failure: on a full disk it would stay and take the last space.
	let removed = fs::remove_file(&probe);
	written.and(removed)
}

/// A socket that the node is going to open.
struct Listener {
	purpose: &'static str,
	flag: &'static str,
	address: SocketAddr,
	udp: bool,
}

impl Listener {
	fn check(&self) -> Result<(), String> {
		let Self {
			purpose,
			flag,
			address,
			udp,
		} = self;
		if address.port() == 0 {
			return Ok(());
		}
		// Without `SO_REUSEPORT`, with which two nodes of one user would share the port's connections.
		let bound = match udp {
			true => UdpSocket::bind(address).map(drop),
			false => TcpListener::bind(address).map(drop),
		};
		match bound.map_err(|error| (error.kind(), error)) {
			Ok(()) => Ok(()),
			Err((ErrorKind::AddrInUse, _)) => Err(format!(
				"port {} for {purpose} is taken by another program: stop that, or choose another port with {flag}",
				address.port()
			)),
			// IPv6 addresses are among the defaults, and not every machine has them.
			Err((kind, _)) if address.is_ipv6() && kind != ErrorKind::PermissionDenied => Ok(()),
			Err((_, error)) => Err(format!(
				"cannot listen on {address} for {purpose}: {error}; choose another with {flag}"
			)),
		}
	}
}

fn listeners(config: &Configuration) -> Vec<Listener> {
	let rpc = config
		.rpc
		.addr
		.iter()
		.flatten()
		.filter(|endpoint| !endpoint.retry_random_port)
		.map(|endpoint| Listener {
			purpose: "JSON-RPC",
			flag: "--rpc-port",
			address: endpoint.listen_addr,
			udp: false,
		});
	let metrics = config.prometheus_config.iter().map(|prometheus| Listener {
		purpose: "Prometheus metrics",
		flag: "--prometheus-port (or have none with --no-prometheus)",
		address: prometheus.port,
		udp: false,
	});
	let peers = config
		.network
		.listen_addresses
		.iter()
		.filter_map(socket)
		.map(|(address, udp)| Listener {
			purpose: "other nodes",
			flag: "--port or --listen-addr",
			address,
			udp,
		});
	rpc.chain(metrics).chain(peers).collect()
}

/// The socket behind an address such as `/ip4/0.0.0.0/tcp/30333`, and whether it is UDP.
fn socket(address: &Multiaddr) -> Option<(SocketAddr, bool)> {
	let mut parts = address.iter();
	let ip: IpAddr = match parts.next()? {
		Protocol::Ip4(ip) => ip.into(),
		Protocol::Ip6(ip) => ip.into(),
		_ => return None,
	};
	match parts.next()? {
		Protocol::Tcp(port) => Some((SocketAddr::new(ip, port), false)),
		Protocol::Udp(port) => Some((SocketAddr::new(ip, port), true)),
		_ => None,
	}
}

#[cfg(test)]
mod tests {
	use super::*;

	fn on(address: SocketAddr, udp: bool) -> Result<(), String> {
		Listener {
			purpose: "JSON-RPC",
			flag: "--rpc-port",
			address,
			udp,
		}
		.check()
	}

	#[test]
	fn port_is_refused_when_taken() {
		let tcp = TcpListener::bind("127.0.0.1:0").unwrap();
		let taken = tcp.local_addr().unwrap();
		let error = on(taken, false).unwrap_err();
		assert!(
			error.contains(&format!("port {} for JSON-RPC is taken", taken.port())),
			"{error}"
		);
		assert!(error.contains("--rpc-port"), "{error}");

		let udp = UdpSocket::bind("127.0.0.1:0").unwrap();
		assert!(on(udp.local_addr().unwrap(), true).is_err());
	}

	#[test]
	fn port_is_accepted_when_free_or_left_to_the_system() {
		let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
		on(free, false).unwrap();
		on("0.0.0.0:0".parse().unwrap(), false).unwrap();
	}

	#[test]
	fn socket_is_read_from_a_multiaddress() {
		let read = |text: &str| socket(&text.parse().unwrap());
		assert_eq!(
			read("/ip4/0.0.0.0/tcp/30333"),
			Some(("0.0.0.0:30333".parse().unwrap(), false))
		);
		assert_eq!(
			read("/ip6/::/tcp/30333/ws"),
			Some(("[::]:30333".parse().unwrap(), false))
		);
		assert_eq!(
			read("/ip4/0.0.0.0/udp/30333/webrtc-direct"),
			Some(("0.0.0.0:30333".parse().unwrap(), true))
		);
		assert_eq!(read("/dns4/example.org/tcp/30333"), None);
	}

	#[test]
	fn folder_is_refused_when_it_cannot_be_made() {
		let file = std::env::temp_dir().join(format!("lutine-node-{}", std::process::id()));
		fs::write(&file, "a file").unwrap();
		assert!(writable(&file.join("below")).is_err());
		fs::remove_file(&file).unwrap();
		writable(&file).unwrap();
		assert_eq!(fs::read_dir(&file).unwrap().count(), 0);
		fs::remove_dir(&file).unwrap();
	}
}
