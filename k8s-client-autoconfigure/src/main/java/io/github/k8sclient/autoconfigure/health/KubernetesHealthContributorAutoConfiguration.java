package io.github.k8sclient.autoconfigure.health;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.github.k8sclient.autoconfigure.KubernetesClientAutoConfiguration;
import io.github.k8sclient.autoconfigure.KubernetesClientProperties;
import io.github.k8sclient.autoconfigure.informer.KubernetesInformerAutoConfiguration;
import io.github.k8sclient.autoconfigure.informer.UnresolvedInformer;
import io.github.k8sclient.autoconfigure.informer.UnresolvedInformers;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.discovery.DiscoveryClient;
import io.github.k8sclient.informer.SharedInformerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the health of the API server and
 * of the informers.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { KubernetesClientAutoConfiguration.class, KubernetesInformerAutoConfiguration.class })
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnBean(KubernetesClientProperties.class)
public final class KubernetesHealthContributorAutoConfiguration {

	private static final Duration FIRST_TIMEOUT = Duration.ofSeconds(5);

	@Bean
	@ConditionalOnBean(DiscoveryClient.class)
	@ConditionalOnEnabledHealthIndicator("kubernetes")
	@ConditionalOnMissingBean(name = { "kubernetesHealthIndicator", "kubernetesHealthContributor" })
	KubernetesHealthIndicator kubernetesHealthContributor(DiscoveryClient discoveryClient,
			ClientConfiguration configuration, KubernetesClientProperties properties) {
		KubernetesClientProperties.Health health = properties.getHealth();
		return new KubernetesHealthIndicator(discoveryClient, configuration, FIRST_TIMEOUT, health.getTimeout(),
				health.getGracePeriod(), Clock.systemUTC());
	}

	@Bean
	@ConditionalOnBean(SharedInformerFactory.class)
	@ConditionalOnEnabledHealthIndicator("kubernetes-informers")
	@ConditionalOnMissingBean(name = { "kubernetesInformersHealthIndicator", "kubernetesInformersHealthContributor" })
	InformersHealthContributor kubernetesInformersHealthContributor(SharedInformerFactory factory,
			ObjectProvider<UnresolvedInformers> unresolved, KubernetesClientProperties properties) {
		return new InformersHealthContributor(factory, () -> unresolvedInformers(unresolved),
				properties.getHealth().getGracePeriod(), Clock.systemUTC());
	}

	private static List<UnresolvedInformer> unresolvedInformers(ObjectProvider<UnresolvedInformers> unresolved) {
		return unresolved.stream().flatMap((informers) -> informers.unresolvedInformers().stream()).toList();
	}

}
