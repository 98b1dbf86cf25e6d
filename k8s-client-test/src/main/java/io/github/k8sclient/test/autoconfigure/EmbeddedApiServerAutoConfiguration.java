package io.github.k8sclient.test.autoconfigure;

import io.github.k8sclient.autoconfigure.KubernetesClientAutoConfiguration;
import io.github.k8sclient.autoconfigure.KubernetesConnectionDetails;
import io.github.k8sclient.test.EmbeddedApiServer;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of an {@link EmbeddedApiServer}, to which the Kubernetes client then
 * connects. It starts with the application context, before anything connects, and stops
 * with it.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = KubernetesClientAutoConfiguration.class)
@ConditionalOnClass(KubernetesConnectionDetails.class)
@ConditionalOnBooleanProperty("k8s.client.embedded.enabled")
@EnableConfigurationProperties(EmbeddedApiServerProperties.class)
public final class EmbeddedApiServerAutoConfiguration {

	@Bean(initMethod = "start", destroyMethod = "close")
	@ConditionalOnMissingBean
	EmbeddedApiServer embeddedApiServer(EmbeddedApiServerProperties properties) {
		return EmbeddedApiServer.builder()
			.port(properties.getPort())
			.bookmarkInterval(properties.getBookmarkInterval())
			.build();
	}

	@Bean
	@ConditionalOnMissingBean(KubernetesConnectionDetails.class)
	KubernetesConnectionDetails embeddedKubernetesConnectionDetails(EmbeddedApiServer server) {
		return server::clientConfiguration;
	}

}
