package io.github.k8sclient.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.k8sclient.config.ConfigurationException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * An {@link AbstractFailureAnalyzer} for a configuration that the client cannot use.
 */
final class ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ConfigurationException> {

	private static final Map<String, String> PROPERTIES = Map.of("kubeconfig", "k8s.client.kubeconfig", "masterUrl",
			"k8s.client.master-url", "context", "k8s.client.context", "execPolicy",
			"k8s.client.exec.policy and k8s.client.exec.allowlist");

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationException cause) {
		return new FailureAnalysis(cause.description(), cause.action() + properties(cause), cause);
	}

	/**
	 * In an application, properties set what the builders of the client set in code.
	 */
	private static String properties(ConfigurationException cause) {
		List<String> names = cause.settings().stream().map(PROPERTIES::get).filter(Objects::nonNull).toList();
		return names.isEmpty() ? "" : " The properties for this: " + String.join(", ", names) + ".";
	}

}
