package io.github.k8sclient.streaming;

import org.springframework.util.Assert;

/**
 * The size of a terminal.
 *
 * @param width how many columns there are
 * @param height how many rows there are
 * @since 0.1.0
 */
public record TerminalSize(int width, int height) {

	/**
	 * Create a size.
	 * @param width how many columns there are, 0 to 65535
	 * @param height how many rows there are, 0 to 65535
	 */
	public TerminalSize {
		Assert.isTrue(width >= 0 && width <= 0xffff, "'width' must be between 0 and 65535");
		Assert.isTrue(height >= 0 && height <= 0xffff, "'height' must be between 0 and 65535");
	}

}
