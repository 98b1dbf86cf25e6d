package io.github.k8sclient.demo;

import java.time.Duration;
import java.util.List;

import io.github.k8sclient.KubernetesException;
import io.github.k8sclient.api.core.v1.Node;
import io.github.k8sclient.api.core.v1.PersistentVolumeClaim;
import io.github.k8sclient.api.core.v1.PersistentVolumeClaimStatus;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.value.Quantity;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Prints the nodes and the claims of the cluster, before the informers start to report
 * changes.
 */
@Component
class ClusterReport implements SmartLifecycle {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String ROW = "%-32s%-8s%-8s";

	private final Console console;

	private final Clientset clientset;

	private final ClientConfiguration configuration;

	private final Flags flags;

	private volatile boolean running;

	ClusterReport(Console console, Clientset clientset, ClientConfiguration configuration, Flags flags) {
		this.console = console;
		this.clientset = clientset;
		this.configuration = configuration;
		this.flags = flags;
	}

	@Override
	public void start() {
		this.running = true;
		try {
			printNodes();
			printClaims();
		}
		catch (KubernetesException ex) {
			this.console.print("The cluster cannot be listed: %s", ex.getMessage());
		}
		this.console.print("--- PVC Watch (max claims %s) ----", this.flags.maxClaims());
	}

	private void printNodes() {
		this.console.print("Built kube clientset successfully");
		List<Node> nodes = this.clientset.coreV1().nodes().list().blockOptional(TIMEOUT).orElseThrow().items();
		this.console.print("Node count: %d", nodes.size());
		for (int i = 0; i < nodes.size(); i++) {
			this.console.print("node %d, %s", i, nodes.get(i).metadata().name());
		}
	}

	private void printClaims() {
		this.console.print("Using kubeconfig: %s", this.configuration.source().replaceFirst("^kubeconfig ", ""));
		List<PersistentVolumeClaim> claims = this.clientset.coreV1()
			.persistentVolumeClaims(this.flags.namespace())
			.list(this.flags.listOptions())
			.blockOptional(TIMEOUT)
			.orElseThrow()
			.items();
		this.console.print("--- PVCs ----");
		this.console.print(ROW, "NAME", "STATUS", "CAPACITY");
		Quantity total = Quantity.ZERO;
		for (PersistentVolumeClaim claim : claims) {
			Quantity size = Claims.size(claim);
			PersistentVolumeClaimStatus status = claim.status();
			String phase = (status != null && status.phase() != null) ? status.phase() : "";
			this.console.print(ROW, claim.metadata().name(), phase, size);
			total = total.add(size);
		}
		this.console.print("Total capacity claimed: %s", total);
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return DemoPhases.REPORT;
	}

}
