package io.github.k8sclient.autoconfigure.controller;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;

import io.github.k8sclient.autoconfigure.KubernetesClientProperties;
import io.github.k8sclient.autoconfigure.KubernetesClientProperties.LeaderElection;
import io.github.k8sclient.client.Clientset;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.leaderelection.LeaderElector;
import io.github.k8sclient.leaderelection.LeaseLock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Election of the instance that runs the controllers.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("k8s.client.leader-election.enabled")
class LeaderElectionConfiguration {

	static final String ELECTOR = "kubernetesLeaderElector";

	@Bean
	@ConditionalOnMissingBean
	LeaseLock kubernetesLeaseLock(Clientset clientset, KubernetesClientProperties clientProperties,
			ClientConfiguration configuration, Environment environment) {
		LeaderElection properties = clientProperties.getLeaderElection();
		String namespace = StringUtils.hasText(properties.getLeaseNamespace()) ? properties.getLeaseNamespace()
				: configuration.namespace();
		String identity = StringUtils.hasText(properties.getIdentity()) ? properties.getIdentity() : uniqueName();
		return LeaseLock.of(clientset, namespace, leaseName(properties, environment), identity,
				properties.getLeaseLabels());
	}

	private static String leaseName(LeaderElection properties, Environment environment) {
		String name = StringUtils.hasText(properties.getLeaseName()) ? properties.getLeaseName()
				: environment.getProperty("spring.application.name");
		if (!StringUtils.hasText(name)) {
			throw new FailureAnalyzedException("The lease of the leader election has no name.",
					"Set 'k8s.client.leader-election.lease-name' or 'spring.application.name',"
							+ " to the same for all instances.");
		}
		return name;
	}

	private static String uniqueName() {
		return hostName() + "_" + UUID.randomUUID();
	}

	private static String hostName() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "unknown";
		}
	}

	@Bean(ELECTOR)
	LeaderElector kubernetesLeaderElector(LeaseLock lock, KubernetesClientProperties clientProperties,
			ObjectProvider<ApplicationControllers> controllers, ApplicationEventPublisher publisher) {
		LeaderElection properties = clientProperties.getLeaderElection();
		LeadershipPublisher events = new LeadershipPublisher(publisher);
		try {
			return LeaderElector.builder(lock)
				.leaseDuration(properties.getLeaseDuration())
				.renewDeadline(properties.getRenewDeadline())
				.retryPeriod(properties.getRetryPeriod())
				.onStartedLeading((leadership) -> {
					events.granted(leadership);
					// late, so that a reconciler may have the elector
					return controllers.getObject().run();
				})
				.onStoppedLeading(events::revoked)
				.build();
		}
		catch (IllegalArgumentException ex) {
			throw new FailureAnalyzedException(
					"The times of the leader election do not fit together: " + ex.getMessage(),
					"Correct 'k8s.client.leader-election.lease-duration', '.renew-deadline' or '.retry-period'.", ex);
		}
	}

}
