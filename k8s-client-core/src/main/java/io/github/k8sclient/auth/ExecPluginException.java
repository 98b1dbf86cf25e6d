package io.github.k8sclient.auth;

import java.util.List;

import io.github.k8sclient.auth.ExecPluginCall.Outcome;
import io.github.k8sclient.config.ConfigurationException;

/**
 * A credential plugin has not been run.
 */
final class ExecPluginException extends ConfigurationException {

	private final Outcome outcome;

	ExecPluginException(Outcome outcome, String description, String action, String... settings) {
		super(description, action, List.of(settings));
		this.outcome = outcome;
	}

	static Outcome outcomeOf(Throwable failure) {
		return (failure instanceof ExecPluginException ex) ? ex.outcome : Outcome.FAILURE;
	}

}
