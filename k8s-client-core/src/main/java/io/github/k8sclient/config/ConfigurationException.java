package io.github.k8sclient.config;

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

	/**
	 * Create an exception.
	 * @param description what is wrong, and where
	 * @param action what the user can do about it
	 */
	public ConfigurationException(String description, String action) {
		this(description, action, null);
	}

	/**
	 * Create an exception with a cause.
	 * @param description what is wrong, and where
	 * @param action what the user can do about it
	 * @param cause the cause, or {@code null}
	 */
	public ConfigurationException(String description, String action, @Nullable Throwable cause) {
		super(message(description, action), cause);
		this.description = description;
		this.action = action;
	}

	private static String message(String description, String action) {
		Assert.hasText(description, "'description' must not be empty");
		Assert.hasText(action, "'action' must not be empty");
		return description + System.lineSeparator() + action;
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

}
