package marlab.app.video;

import java.util.List;

/// A stretch of a film between two cuts: one episode, or two side by side. Immutable.
///
/// @param strips what is shown, from left to right
/// @param first index of its first frame in the film
/// @param frames how many it has
/// @param still how many of these, at its end, show the last step
/// @param stepsPerFrame how fast the worlds move
/// @param curveFrom environment steps up to which the learning curve is shown; negative for all
/// @param curveTo where the curve has come to at the end of the still frames
record Scene(
        List<Strip> strips,
        int first,
        int frames,
        int still,
        double stepsPerFrame,
        double curveFrom,
        double curveTo) {

    /// Steps since the beginning of the strips, with a fraction.
    double position(int frame) {
        return Math.max(0, Math.min(frame - first, frames - still)) * stepsPerFrame;
    }

    /// Environment steps up to which the learning curve is shown; negative for all.
    double curve(int frame) {
        int into = frame - first - (frames - still);
        double part = still == 0 ? 0 : Math.clamp((double) into / still, 0, 1);
        return curveFrom + part * part * (3 - 2 * part) * (curveTo - curveFrom);
    }
}
