package io.github.k8sclient.autoconfigure;

import java.nio.file.Path;
import java.util.function.Consumer;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ClientConfigurationLoader;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Adapts {@link KubernetesClientProperties}, and the kubeconfig file or service account
 * that they lead to, to {@link KubernetesConnectionDetails}.
 */
final class PropertiesKubernetesConnectionDetails implements KubernetesConnectionDetails {

	private final KubernetesClientProperties properties;

	private final @Nullable SslBundles sslBundles;

	PropertiesKubernetesConnectionDetails(KubernetesClientProperties properties, @Nullable SslBundles sslBundles) {
		this.properties = properties;
		this.sslBundles = sslBundles;
	}

	@Override
	public ClientConfiguration getClientConfiguration() {
		ClientConfigurationLoader.Builder loader = ClientConfigurationLoader.builder();
		if (StringUtils.hasText(this.properties.getKubeconfig())) {
			loader.kubeconfig(Path.of(this.properties.getKubeconfig()));
		}
		if (StringUtils.hasText(this.properties.getContext())) {
			loader.context(this.properties.getContext());
		}
		if (StringUtils.hasText(this.properties.getMasterUrl())) {
			loader.masterUrl(this.properties.getMasterUrl());
		}
		return loader.build().load();
	}

	@Override
	public @Nullable SslBundle getSslBundle() {
		String bundle = bundle();
		return (bundle != null) ? bundles().getBundle(bundle) : null;
	}

	/**
	 * Call a handler whenever the SSL bundle is reloaded.
	 */
	void onSslBundleUpdate(Consumer<SslBundle> handler) {
		String bundle = bundle();
		if (bundle != null) {
			bundles().addBundleUpdateHandler(bundle, handler);
		}
	}

	private @Nullable String bundle() {
		String bundle = this.properties.getSsl().getBundle();
		return StringUtils.hasLength(bundle) ? bundle : null;
	}

	private SslBundles bundles() {
		Assert.state(this.sslBundles != null, "'k8s.client.ssl.bundle' is set but there are no SSL bundles");
		return this.sslBundles;
	}

}
