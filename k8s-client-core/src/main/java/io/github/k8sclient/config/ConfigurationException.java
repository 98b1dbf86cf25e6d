package io.github.k8sclient.config;

import java.util.List;

import io.github.k8sclient.KubernetesException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The configuration cannot be used. The description names the file or property and the
 * entry (such as {@code users[admin].client-certificate}), the action says how to mend
 * it. A configuration with several problems is reported with all of them at once, one per
 * line.
 *
 * @since 0.1.0
 */
public class ConfigurationException extends KubernetesException {

	private final String description;

	private final String action;

	private final List<String> settings;

	/**
	 * Create an exception.
	 * @param description what is wrong, and where
	 * @param action what the user can do about it
	 */
	public ConfigurationException(String description, String action) {
		this(description, action, List.of(), null);
	}

	/**
	 * Create an exception.
	 * @param description what is wrong, and where
	 * @param action what the user can do about it
	 * @param settings the methods of the builders by which this is set, such as
	 * {@code masterUrl}
	 */
	public ConfigurationException(String description, String action, List<String> settings) {
		this(description, action, settings, null);
	}

	/**
	 * Create an exception with a cause.
	 * @param description what is wrong, and where
	 * @param action what the user can do about it
	 * @param cause the cause, or {@code null}
	 */
	public ConfigurationException(String description, String action, @Nullable Throwable cause) {
		this(description, action, List.of(), cause);
	}

	private ConfigurationException(String description, String action, List<String> settings,
			@Nullable Throwable cause) {
		super(message(description, action, settings), cause);
		this.description = description;
		this.action = action;
		this.settings = List.copyOf(settings);
	}

	private static String message(String description, String action, List<String> settings) {
		Assert.hasText(description, "'description' must not be empty");
		Assert.hasText(action, "'action' must not be empty");
		String methods = settings.isEmpty() ? ""
				: " In code, this is set by the builder: " + String.join(", ", settings) + ".";
		return description + System.lineSeparator() + action + methods;
	}

	/**
	 * Return what is wrong, and where.
	 * @return the description, without secrets
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Return what the user can do about it.
	 * @return the remedy
	 */
	public String action() {
		return this.action;
	}

	/**
	 * Return how the action is done in code.
	 * @return the methods of the builders of {@link ClientConfiguration} and
	 * {@link ClientConfigurationLoader} by which this is set; empty if there are none
	 */
	public List<String> settings() {
		return this.settings;
	}

}
