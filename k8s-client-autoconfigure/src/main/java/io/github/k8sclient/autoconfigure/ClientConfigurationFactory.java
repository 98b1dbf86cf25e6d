package io.github.k8sclient.autoconfigure;

import io.github.k8sclient.config.ClientConfiguration;
import io.github.k8sclient.config.ExecPolicy;
import io.github.k8sclient.config.Impersonation;
import io.github.k8sclient.config.UserAgent;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Adds the behaviour of the client, which the properties configure, to a connection.
 */
final class ClientConfigurationFactory {

	private final KubernetesClientProperties properties;

	private final Environment environment;

	ClientConfigurationFactory(KubernetesClientProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	ClientConfiguration create(ClientConfiguration connection) {
		if (this.properties.getBurst() < 1) {
			throw new FailureAnalyzedException(
					"Property 'k8s.client.burst' is " + this.properties.getBurst()
							+ ", which would block all requests.",
					"Set 'k8s.client.burst' to at least 1, or 'k8s.client.qps' to 0 for no limit.");
		}
		ClientConfiguration.Builder builder = connection.toBuilder()
			.contentType(this.properties.getContentType())
			.connectTimeout(this.properties.getConnectTimeout())
			.responseTimeout(this.properties.getResponseTimeout())
			.qps(this.properties.getQps())
			.burst(this.properties.getBurst())
			.execPolicy(execPolicy())
			.execTimeout(this.properties.getExec().getTimeout());
		if (StringUtils.hasText(this.properties.getNamespace())) {
			builder.namespace(this.properties.getNamespace());
		}
		String userAgent = userAgent();
		if (userAgent != null) {
			builder.userAgent(userAgent);
		}
		Impersonation impersonation = impersonation();
		if (impersonation != null) {
			builder.impersonation(impersonation);
		}
		return builder.build();
	}

	private @Nullable String userAgent() {
		if (StringUtils.hasText(this.properties.getUserAgent())) {
			return this.properties.getUserAgent();
		}
		String application = this.environment.getProperty("spring.application.name");
		return StringUtils.hasText(application)
				? UserAgent.of(application, this.environment.getProperty("spring.application.version")) : null;
	}

	private ExecPolicy execPolicy() {
		KubernetesClientProperties.Exec exec = this.properties.getExec();
		try {
			return new ExecPolicy(exec.getPolicy(), exec.getAllowlist());
		}
		catch (IllegalArgumentException ex) {
			throw new FailureAnalyzedException(
					"Properties under 'k8s.client.exec' are not a valid policy for credential plugins: "
							+ ex.getMessage() + ".",
					"Set 'k8s.client.exec.policy' to 'allowlist' and 'k8s.client.exec.allowlist' to the paths or names"
							+ " of programs, or choose another policy and remove the list.");
		}
	}

	private @Nullable Impersonation impersonation() {
		KubernetesClientProperties.Impersonate impersonate = this.properties.getImpersonate();
		if (StringUtils.hasText(impersonate.getUser())) {
			return new Impersonation(impersonate.getUser(), impersonate.getUid(), impersonate.getGroups(),
					impersonate.getExtra());
		}
		// The API server refuses a group without a user
		if (StringUtils.hasText(impersonate.getUid()) || !impersonate.getGroups().isEmpty()
				|| !impersonate.getExtra().isEmpty()) {
			throw new FailureAnalyzedException(
					"Properties under 'k8s.client.impersonate' are set, but 'k8s.client.impersonate.user' is not.",
					"Set 'k8s.client.impersonate.user', or remove the other properties.");
		}
		return null;
	}

}
