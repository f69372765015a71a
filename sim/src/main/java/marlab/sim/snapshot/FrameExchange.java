package marlab.sim.snapshot;

import java.util.concurrent.atomic.AtomicInteger;
import marlab.sim.env.EnvSpec;

/// Hands the newest frame from one writer thread to one reader thread without either ever waiting:
/// a triple buffer. The writer fills {@link #back} and calls {@link #publish}; the reader calls
/// {@link #newest}. Frames in between may be skipped, never torn.
public final class FrameExchange {

    private static final int FRESH = 4;

    private final Frame[] frames;
    private final AtomicInteger middle = new AtomicInteger(1);
    private int back;
    private int front = 2;

    /// Three frames for this world.
    public FrameExchange(EnvSpec spec) {
        frames = new Frame[] {new Frame(spec), new Frame(spec), new Frame(spec)};
    }

    /// The frame to fill next. Writer thread only.
    public Frame back() {
        return frames[back];
    }

    /// Makes the filled frame the newest. Writer thread only.
    public void publish() {
        back = middle.getAndSet(back | FRESH) & ~FRESH;
    }

    /// True when a frame was published since the last {@link #newest}.
    public boolean hasNew() {
        return (middle.get() & FRESH) != 0;
    }

    /// The newest frame, the reader's until its next call. Reader thread only.
    public Frame newest() {
        if (hasNew()) {
            front = middle.getAndSet(front) & ~FRESH;
        }
        return frames[front];
    }
}
