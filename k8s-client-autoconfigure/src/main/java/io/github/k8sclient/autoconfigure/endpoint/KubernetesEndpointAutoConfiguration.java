package io.github.k8sclient.autoconfigure.endpoint;

import io.github.k8sclient.autoconfigure.KubernetesClientAutoConfiguration;
import io.github.k8sclient.autoconfigure.KubernetesClientProperties;
import io.github.k8sclient.autoconfigure.informer.KubernetesInformerAutoConfiguration;
import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.discovery.DiscoveryClient;
import io.github.k8sclient.informer.SharedInformerFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * {@link EnableAutoConfiguration Auto-configuration} for the {@link KubernetesEndpoint}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = { KubernetesClientAutoConfiguration.class, KubernetesInformerAutoConfiguration.class })
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean({ DiscoveryClient.class, ClientConfiguration.class })
public final class KubernetesEndpointAutoConfiguration {

	@Bean
	@ConditionalOnAvailableEndpoint
	@ConditionalOnMissingBean
	KubernetesEndpoint kubernetesEndpoint(ClientConfiguration configuration, DiscoveryClient discoveryClient,
			ObjectProvider<SharedInformerFactory> informers, KubernetesClientProperties properties) {
		return new KubernetesEndpoint(configuration, discoveryClient, informers.getIfAvailable(),
				properties.getHealth().getTimeout());
	}

}
